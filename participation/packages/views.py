"""The data of a report: packages for everybody, and how a programme finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, jsonify, make_response, render_template, request, send_file, url_for

from participation.outcomes.queries import latest_report
from participation.outcomes.removal import removed_from
from participation.packages.describing import dataset
from participation.packages.models import StepKind
from participation.packages.queries import counted_requests, package_with_hash, public_packages
from participation.packages.storage import file_of
from participation.permissions import Permission, for_consultation, may

if TYPE_CHECKING:
    from flask import Response

    from participation.consultations.models import Consultation

pages = Blueprint("packages", __name__, url_prefix="/<language>/c/<slug>/data")

SECONDS_BETWEEN_LOOKS = 5


@pages.get("")
@for_consultation()
def show(consultation: Consultation) -> Response:
    """The package of each version: ready, or how far it is. With `?wait` the page looks again by itself."""
    packages = public_packages(consultation.id)
    report = latest_report(consultation.id)
    current = next((one for one in packages if report and one.report_id == report.id), None)
    is_ready = current is not None and current.made_at is not None
    page = make_response(
        render_template(
            "packages/show.html",
            consultation=consultation,
            report=report,
            current=current,
            is_ready=is_ready,
            earlier=[one for one in packages if one is not current and one.made_at],
            counted=counted_requests(consultation.id),
            StepKind=StepKind,
            removed_from=removed_from,
            waits="wait" in request.args,
            may_decide=may(Permission.DATA_GRANT, consultation),
        )
    )
    if "wait" in request.args and report and not is_ready:
        # A page that reloads by itself disturbs some readers: only for those who asked for it.
        page.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return page


@pages.get("/<sha256>.zip")
@for_consultation()
def download(consultation: Consultation, sha256: str) -> Response:
    """A package by its hash. A cache asks each time whether it is still given out: words may have been removed."""
    package = package_with_hash(consultation.id, sha256)
    if package is None:
        abort(404)
    answer = send_file(
        file_of(package),
        "application/zip",
        as_attachment=True,
        download_name=f"{consultation.slug}-{package.report.number}.zip",
        etag=sha256,
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@pages.get("/<int:number>.jsonld")
@for_consultation()
def as_jsonld(consultation: Consultation, number: int) -> Response:
    """A version's record for catalogues: DCAT-AP and schema.org/Dataset."""
    found = (one for one in public_packages(consultation.id) if one.report.number == number)
    package = next(found, None)
    if package is None or package.made_at is None or package.sha256 is None:
        abort(404)
    record = dataset(
        package.report.facts,
        number=number,
        published=package.report.published_at.replace(microsecond=0).isoformat(),
        page=url_for(".show", slug=consultation.slug, _external=True),
        download=url_for(".download", slug=consultation.slug, sha256=package.sha256, _external=True),
        sha256=package.sha256,
        size=package.size or 0,
    )
    answer = jsonify(record)
    answer.mimetype = "application/ld+json"
    return answer
