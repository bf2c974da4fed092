"""The page on which several places that asked the same stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from participation.comparison.reading import Verdict, comparison_for
from participation.permissions import for_consultation

if TYPE_CHECKING:
    from participation.consultations.models import Consultation

pages = Blueprint("comparison", __name__, url_prefix="/<language>/c/<slug>/compare")


@pages.get("")
@for_consultation()
def show(consultation: Consultation) -> str:
    return render_template(
        "comparison/show.html",
        consultation=consultation,
        comparison=comparison_for(consultation),
        Verdict=Verdict,
    )
