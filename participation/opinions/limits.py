"""What the results of any consultation cannot say. Printed wherever results are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from flask_babel import LazyString

LIMITS: tuple[LazyString, ...] = (
    _l(
        "The people who took part chose to do so. The results show which views there are and how they "
        "are arranged; they do not show what share of the population holds them."
    ),
    _l(
        "Not everyone saw every statement. A share counts only those who voted on the statement, and "
        "the number of votes stands beside it."
    ),
    _l("A pass is not a disagreement. It can mean: I do not know, it depends, or I do not want to say."),
    _l(
        "Opinion groups are a simplification. The stability says how often a group was found again when "
        "the analysis was repeated with a random part of the people."
    ),
    _l("Counts of fewer than five votes within a group are not shown, so that nobody can be recognised."),
)
