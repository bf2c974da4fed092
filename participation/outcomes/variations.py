"""What each other way of looking at the votes is called; the names are the engine's."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

VARIATIONS = {
    "minimum_votes_3": _l("Only people with at least three votes"),
    "minimum_votes_7": _l("Only people with at least seven votes"),
    "minimum_votes_10": _l("Only people with at least ten votes"),
    "without_passes": _l("Passes left out"),
    "without_passes_as_many_groups": _l("Passes left out, as many groups"),
    "without_stability": _l("Unstable groups too"),
    "polis": _l("The method of Polis"),
    "without_flagged": _l("Without people who voted in a conspicuous way"),
    "one_group_fewer": _l("One group fewer"),
    "one_group_more": _l("One group more"),
}
