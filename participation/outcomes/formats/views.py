"""The report as files: PDF, workbook, CSV and JSON, and the schema of the JSON."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, jsonify, redirect, request, url_for

from participation.i18n import best_of, current_language
from participation.outcomes.formats.csv_file import csv_file
from participation.outcomes.formats.pdf import Imprint, report_pdf
from participation.outcomes.formats.report_json import report_json
from participation.outcomes.formats.schema import report_schema
from participation.outcomes.formats.shelf import from_shelf
from participation.outcomes.formats.tables import sheets_in, statements_sheet
from participation.outcomes.formats.xlsx import report_xlsx
from participation.outcomes.queries import removed_since, report_numbered
from participation.outcomes.removal import facts_without, words_without
from participation.permissions import anyone, for_consultation

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from werkzeug.wrappers import Response as AnyResponse

    from participation.consultations.models import Consultation
    from participation.outcomes.models import Report

pages = Blueprint("report_files", __name__)

HERE = "/<language>/c/<slug>/report/<int:number>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get(f"{HERE}.pdf")
@for_consultation()
def as_pdf(consultation: Consultation, number: int) -> AnyResponse:
    report = _report_or_404(consultation, number)
    if elsewhere := _in_a_language_it_has(report):
        return elsewhere
    tag, removed = current_language().tag, removed_since(consultation.id)
    pdf = from_shelf(
        *_on_the_shelf(report, tag, removed, "pdf"),
        lambda: report_pdf(words_without(report.words[tag], removed), tag, _imprint(report)),
    )
    # Shown in the browser, where people can look before they keep it.
    return _file(report, pdf, "application/pdf", f"{tag}.pdf", disposition="inline")


@pages.get(f"{HERE}.xlsx")
@for_consultation()
def as_xlsx(consultation: Consultation, number: int) -> AnyResponse:
    report = _report_or_404(consultation, number)
    if elsewhere := _in_a_language_it_has(report):
        return elsewhere
    tag, removed = current_language().tag, removed_since(consultation.id)
    facts = facts_without(report.facts, removed)
    book = from_shelf(
        *_on_the_shelf(report, tag, removed, "xlsx"),
        lambda: report_xlsx(facts, report.words[tag], tag, _imprint(report)),
    )
    return _file(report, book, XLSX, f"{tag}.xlsx")


@pages.get(f"{HERE}.json")
@for_consultation()
def as_json(consultation: Consultation, number: int) -> Response:
    """Facts and words in every language: the same in each."""
    report = _report_or_404(consultation, number)
    answer = jsonify(report_json(report, url_for(".schema", _external=True), removed_since(consultation.id)))
    return _kept(report, answer)


@pages.get(f"{HERE}/statements.csv")
@for_consultation()
def statements_csv(consultation: Consultation, number: int) -> Response:
    report = _report_or_404(consultation, number)
    tag = current_language().tag
    text = csv_file(statements_sheet(facts_without(report.facts, removed_since(consultation.id)), tag))
    return _file(report, text.encode(), "text/csv", f"statements-{tag}.csv")


@pages.get(f"{HERE}/tables/<int:place>.csv")
@for_consultation()
def table_csv(consultation: Consultation, number: int, place: int) -> AnyResponse:
    """One table of the sections, counted from one through the whole report."""
    report = _report_or_404(consultation, number)
    if elsewhere := _in_a_language_it_has(report):
        return elsewhere
    tag = current_language().tag
    sheets = dict(enumerate(sheets_in(report.words[tag]["sections"]), 1))
    text = csv_file(sheets.get(place) or abort(404))
    return _file(report, text.encode(), "text/csv", f"table-{place}-{tag}.csv")


@pages.get("/schemas/report-1.json")
@anyone
def schema() -> Response:
    """What the JSON of a report promises."""
    answer = jsonify(report_schema(url_for(".schema", _external=True)))
    answer.mimetype = "application/schema+json"
    return answer


def _report_or_404(consultation: Consultation, number: int) -> Report:
    return report_numbered(consultation.id, number) or abort(404)


def _in_a_language_it_has(report: Report) -> AnyResponse | None:
    """The way to the main language's file, where the report does not speak that of the page."""
    tag = best_of(report.words, otherwise=report.consultation.main_language)
    tag = tag if tag in report.words else min(report.words)
    if tag == current_language().tag:
        return None
    return redirect(url_for(str(request.endpoint), **{**(request.view_args or {}), "language": tag}))


def _on_the_shelf(report: Report, tag: str, removed: Collection[int], ending: str) -> tuple[str, str, str]:
    """The subject, state and ending of a file: it is another one when words had to be taken out."""
    state = hashlib.sha256(repr(sorted(removed)).encode()).hexdigest()[:8]
    return f"{report.sha256}-{tag}", state, ending


def _imprint(report: Report) -> Imprint:
    consultation = report.consultation
    return Imprint(
        site=current_app.extensions["baraza_config"].site_name,
        organisation=report.facts["consultation"]["organisation"] or "",
        published_at=consultation.local(report.published_at),
        address=_page_of(report),
        sha256=report.sha256,
        reason=_in_this_language(report.reason, consultation),
        is_demonstration=consultation.is_demonstration,
    )


def _in_this_language(texts: Mapping[str, str], consultation: Consultation) -> str:
    return texts.get(best_of(texts, otherwise=consultation.main_language), "")


def _page_of(report: Report) -> str:
    """Where this version is read on the web."""
    return url_for(
        ".as_pdf", slug=report.consultation.slug, number=report.number, _external=True
    ).removesuffix(".pdf")


def _file(
    report: Report, content: bytes, mimetype: str, ending: str, *, disposition: str = "attachment"
) -> Response:
    name = f"{report.consultation.slug}-report-{report.number}-{ending}"
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return _kept(report, answer)


def _kept(report: Report, answer: Response) -> Response:
    """A browser may keep a version, but asks each time: words that name somebody may have been taken out.

    `private`, because answers carry the cookie of the visitor's language.
    """
    answer.headers["X-Report-SHA256"] = report.sha256
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest())
    answer.make_conditional(request)
    return answer
