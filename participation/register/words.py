"""The words for how far a consultation has come."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.register.reading import Standing

STANDINGS = {
    Standing.ANNOUNCED: _l("Announced"),
    Standing.OPEN: _l("Open"),
    Standing.CLOSED: _l("Closed, the report is being written"),
    Standing.WAITING: _l("Waiting for the answer"),
    Standing.OVERDUE: _l("The answer is late"),
    Standing.ANSWERED: _l("Answered"),
}
