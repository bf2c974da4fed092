"""The published report: its latest version, and each version by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, redirect, render_template, url_for

from participation.i18n import best_of
from participation.opinions.map_drawing import draw_map
from participation.opinions.models import Place
from participation.outcomes.queries import latest_report, report_numbered, versions_of
from participation.permissions import for_consultation

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.opinions.map_drawing import MapDrawing
    from participation.outcomes.models import Report

pages = Blueprint("reports", __name__, url_prefix="/<language>/c/<slug>/report")


@pages.get("")
@for_consultation()
def latest(consultation: Consultation) -> str | Response:
    """The version that holds; before there is one, what is known so far."""
    report = latest_report(consultation.id)
    if report is None:
        return redirect(url_for("outcomes.show", slug=consultation.slug))
    return _page(consultation, report)


@pages.get("/<int:number>")
@for_consultation()
def version(consultation: Consultation, number: int) -> str:
    return _page(consultation, report_numbered(consultation.id, number) or abort(404))


def _page(consultation: Consultation, report: Report) -> str:
    versions = versions_of(consultation.id)
    return render_template(
        "outcomes/report.html",
        consultation=consultation,
        report=report,
        versions=versions,
        successor=next((each for each in versions if each.number == report.number + 1), None),
        latest=versions[-1],
        drawn=drawn,
        **in_language(report.words, consultation),
    )


def in_language(words: dict[str, Any], consultation: Consultation) -> dict[str, Any]:
    """The words in the page's language or else in the consultation's main one, and which that is."""
    main = consultation.main_language
    tag = best_of(words, otherwise=main if main in words else min(words))
    return {"words": words[tag], "tag": tag}


def drawn(block: dict[str, Any]) -> MapDrawing | None:
    """The map of a report as shapes. Its marks are of people, none of whom is anybody's row."""
    return draw_map(
        [
            Place(participant_id=place, x=x, y=y, error=0.0, group_index=group)
            for place, (x, y, group) in enumerate(block["points"])
        ],
        None,
        number_of_groups=len(block["groups"]),
    )
