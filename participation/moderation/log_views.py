"""What everybody may read: the rules for statements, and the log of every decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template, request
from flask import Response as FlaskResponse

from deliberation.ballot import Choice
from participation.database import now
from participation.formatting import in_language
from participation.moderation.forms import REASONS, VERDICTS
from participation.moderation.log import ON_A_PAGE, LogFilters, as_csv, as_rows, counts, log_of
from participation.organisations.words import ROLE_NAMES
from participation.permissions import Permission, for_consultation, may

if TYPE_CHECKING:
    from participation.consultations.models import Consultation

pages = Blueprint("moderation_log", __name__, url_prefix="/<language>/c/<slug>")


@pages.get("/rules")
@for_consultation()
def rules(consultation: Consultation) -> str:
    """What a statement must be like to be put to the vote, and who decides that here."""
    return render_template(
        "moderation/rules.html",
        consultation=consultation,
        reasons=REASONS,
        text=in_language(consultation.texts, consultation),
        may_manage=may(Permission.CONSULTATION_MANAGE, consultation),
    )


@pages.get("/moderation")
@for_consultation()
def log(consultation: Consultation) -> str:
    """Every decision, the latest first."""
    filters = LogFilters.read(request.args)
    entries = log_of(consultation)
    found = [entry for entry in entries if filters.lets_through(entry)]
    pages_ = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages_)
    return render_template(
        "moderation/log.html",
        consultation=consultation,
        counts=counts(entries),
        found=len(found),
        entries=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        page=page,
        pages=pages_,
        filters=filters,
        reasons=REASONS,
        verdicts=VERDICTS,
        role_names=ROLE_NAMES,
        Choice=Choice,
    )


@pages.get("/moderation.csv")
@for_consultation()
def log_as_csv(consultation: Consultation) -> FlaskResponse:
    name = f"{consultation.slug}-moderation.csv"
    return FlaskResponse(
        as_csv(log_of(consultation)),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@pages.get("/moderation.json")
@for_consultation()
def log_as_json(consultation: Consultation) -> FlaskResponse:
    return jsonify(
        format="baraza-moderation-log-1",
        consultation=consultation.slug,
        made_at=now().replace(microsecond=0).isoformat(),
        decisions=as_rows(log_of(consultation)),
    )
