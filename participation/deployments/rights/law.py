"""What the law says and since when, as data with their source and the day on which somebody looked.

Laws change: to bring one up to date, change its entry here and the day on which you checked it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from flask_babel import LazyString

#: The member states, in which the regulation holds (https://european-union.europa.eu, ISO 3166-1 codes).
EUROPEAN_UNION = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 - 27 lines otherwise
)


@dataclass(frozen=True)
class Law:
    """One rule that a reader of the answers has to know."""

    says: LazyString
    valid_from: date
    #: As lawyers cite it, with an address if it has been read there.
    source: str
    url: str | None
    checked_on: date
    #: What nobody has been able to make sure of.
    unverified: LazyString | None = None


_REGULATION = "Regulation (EU) 2024/1689", "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"
_AMENDMENT = "PE-30-2026-INIT, amending Regulation (EU) 2024/1689", None
_NOT_SEEN_PUBLISHED = _l(
    "Parliament and Council adopted this in June 2026. That it was published in the Official Journal "
    "has not been verified."
)

ARTICLE_5 = Law(
    _l("The practices of Article 5, points (a) to (h), are prohibited."),
    date(2025, 2, 2),
    *_REGULATION,
    checked_on=date(2026, 11, 24),
)
INTIMATE_IMAGES = Law(
    _l("Making intimate images without consent, or sexual images of children, is prohibited too."),
    date(2026, 12, 2),
    *_AMENDMENT,
    checked_on=date(2026, 11, 24),
    unverified=_NOT_SEEN_PUBLISHED,
)
ANNEX_III = Law(
    _l("The duties for the areas of high risk in Annex III apply. Before, the date was 2 August 2026."),
    date(2027, 12, 2),
    *_AMENDMENT,
    checked_on=date(2026, 11, 24),
    unverified=_NOT_SEEN_PUBLISHED,
)
LAWS = (ARTICLE_5, INTIMATE_IMAGES, ANNEX_III)


def binds(country: str) -> bool:
    """Whether the regulation is law in a country; elsewhere the same questions are asked about human rights."""
    return country in EUROPEAN_UNION
