"""The outcome page and its downloads."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, redirect, render_template, request, send_file, url_for

from deliberation.polis import export_texts
from participation.opinions.limits import LIMITS
from participation.opinions.map_drawing import draw_map
from participation.opinions.queries import places_in
from participation.outcomes.outcome import Order, outcome_as_json, outcome_of
from participation.outcomes.polis_export import importance_csv, public_conversation
from participation.outcomes.queries import first_report_at
from participation.outcomes.variations import VARIATIONS
from participation.permissions import for_consultation

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from participation.consultations.models import Consultation

pages = Blueprint("outcomes", __name__, url_prefix="/<language>/c/<slug>")


@pages.get("/outcome")
@for_consultation()
def show(consultation: Consultation) -> str | AnyResponse:
    """What came of a closed consultation until its report is there, which then says it better.

    While it runs, the page of opinions has the interim picture.
    """
    if not consultation.is_closed:
        return redirect(url_for("opinions.show", slug=consultation.slug))
    if first_report_at(consultation.id):
        return redirect(url_for("reports.latest", slug=consultation.slug))
    order = request.args.get("sort", Order.NUMBER, type=Order)
    outcome = outcome_of(consultation, order)
    number_of_groups = len(outcome.opinions.groups) if outcome.opinions else 0
    return render_template(
        "outcomes/show.html",
        consultation=consultation,
        outcome=outcome,
        drawing=draw_map(places_in(consultation.id), None, number_of_groups=number_of_groups),
        order=order,
        Order=Order,
        limits=LIMITS,
        variations=VARIATIONS,
    )


@pages.get("/outcome.json")
@for_consultation()
def as_json(consultation: Consultation) -> Response | AnyResponse:
    if not consultation.is_closed:
        return redirect(url_for("opinions.show", slug=consultation.slug))
    return jsonify(outcome_as_json(consultation))


@pages.get("/outcome.zip")
@for_consultation()
def as_polis_files(consultation: Consultation) -> Response | AnyResponse:
    """The files that Polis' tools read, with new random numbers for people at each download, and what matters.

    Only where people were told before they voted that the single votes are published. Once there is a report, the
    votes are in its package alone: two sets of votes that differ by a few people would tell of those.
    """
    if not consultation.is_closed:
        return redirect(url_for("opinions.show", slug=consultation.slug))
    if not consultation.publishes_votes or first_report_at(consultation.id):
        return redirect(url_for("packages.show", slug=consultation.slug))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        texts = export_texts(public_conversation(consultation), guard_formulas=True)
        for name, pieces in texts.items():
            archive.writestr(name, "".join(pieces))
        archive.writestr("importance.csv", importance_csv(consultation))
    file.seek(0)
    return send_file(
        file, "application/zip", as_attachment=True, download_name=f"{consultation.slug}-polis.zip"
    )
