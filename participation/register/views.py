"""The register: every consultation, what it found, what was answered and kept. For people and for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from participation.following import feed as feed_file
from participation.following.publishing import feed_for_all
from participation.following.queries import past_events
from participation.i18n import NO_COUNTRIES, current_language
from participation.permissions import anyone
from participation.register.as_json import entry_as_json, tally_as_json
from participation.register.queries import dossiers_without_consultation
from participation.register.reading import Filters, Standing, register_page, standing_of
from participation.register.words import STANDINGS
from participation.responses.reading import followed
from participation.responses.words import COURSES, SAID, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.register.reading import Page

pages = Blueprint("register", __name__, url_prefix="/<language>/register")

pages.add_app_template_filter(standing_of, "standing")

ALL_ON_ONE_PAGE = 1_000_000


@pages.get("")
@anyone
def show() -> str:
    page = _page()
    return render_template(
        "register/show.html",
        page=page,
        filters=_filters(),
        asked=_asked(),
        followed={entry.consultation.id: followed(entry.consultation) for entry in page.entries},
        dossiers=dossiers_without_consultation() if page.number == page.pages and not _asked() else (),
        countries=_names_of(page.countries),
        standings=STANDINGS,
        courses=COURSES,
        verdicts=VERDICTS,
        kinds=SAID,
    )


@pages.get("/register.json")
@anyone
def as_json() -> Response:
    """The same page for machines: every text in every language, identifiers that stay."""
    page = _page()
    following = page.number + 1 if page.number < page.pages else None
    return jsonify(
        {
            "schema_version": "1",
            "entries": [entry_as_json(entry) for entry in page.entries],
            "total": tally_as_json(page.total),
            "number_of_entries": page.number_of_entries,
            "page": page.number,
            "pages": page.pages,
            "next": following and url_for(".as_json", _external=True, **{**_asked(), "page": following}),
            "licence": "https://creativecommons.org/licenses/by/4.0/",
        }
    )


@pages.get("/register.atom")
@anyone
def feed() -> Response:
    """News of all consultations that the filters let through."""
    page = register_page(_filters(), 1, per_page=ALL_ON_ONE_PAGE)
    events = [
        (entry.consultation, event) for entry in page.entries for event in past_events(entry.consultation)
    ]
    return Response(feed_for_all(events, only=_in_words(_filters(), page)), mimetype=feed_file.MIMETYPE)


def _in_words(filters: Filters, page: Page) -> list[str]:
    """What the filters let through, by name; nothing of what they name that is not there."""
    names = (
        dict(_names_of(page.countries)).get(filters.country or ""),
        page.organisations.get(filters.organisation or ""),
        filters.standing and str(STANDINGS[filters.standing]),
    )
    return [name for name in names if name]


def _page() -> Page:
    return register_page(_filters(), request.args.get("page", 1, type=int))


def _filters() -> Filters:
    """What the address asks for. A value that means nothing is as good as none."""
    standings = {standing.value: standing for standing in Standing}
    return Filters(
        country=request.args.get("country") or None,
        organisation=request.args.get("organisation") or None,
        standing=standings.get(request.args.get("standing", "")),
    )


def _asked() -> dict[str, Any]:
    """The filters as they stand in addresses."""
    asked = {name: request.args.get(name) for name in ("country", "organisation", "standing")}
    return {name: value for name, value in asked.items() if value}


def _names_of(countries: frozenset[str]) -> Sequence[tuple[str, str]]:
    """Codes and names of countries in the reader's language, by name; an organisation may be of none."""
    names = current_language().locale.territories
    return sorted(
        ((code, names.get(code, code)) for code in countries - NO_COUNTRIES), key=lambda pair: pair[1]
    )
