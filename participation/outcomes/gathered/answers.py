"""What people said of themselves, as it was frozen after closing, beside what is known of the population."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from participation.monitoring.queries import margins_of
from participation.monitoring.weighing import CannotBeWeighedError, weighed
from participation.questions.queries import questions_of

if TYPE_CHECKING:
    from participation.consultations.models import Consultation
    from participation.monitoring.weighing import WeighedFinding


def answers_in(consultation: Consultation, frozen: dict[str, Any]) -> dict[str, Any]:
    """The questions with their counts, and the common ground weighed to the population where that can be done.

    Args:
        consultation: a closed one.
        frozen: what its snapshot keeps.

    """
    margins = margins_of(consultation.id)
    return {
        "questions": [
            {
                "number": question.number,
                "texts": {
                    tag: {"text": text.text, "choices": list(text.choices)}
                    for tag, text in sorted(question.texts.items())
                },
                "counts": list(counted["counts"][:-2]),
                "unsaid": counted["counts"][-2],
                "unanswered": counted["counts"][-1],
                "agreement": counted["agreement"],
                "population": {"shares": list(margin.shares), "source": margin.source}
                if (margin := margins.get(question.id))
                else None,
            }
            for question in questions_of(consultation.id)
            if (counted := frozen.get(str(question.number)))
        ],
        "weighed": _weighed(consultation),
    }


def _weighed(consultation: Consultation) -> dict[str, Any] | None:
    try:
        found = weighed(consultation)
    except CannotBeWeighedError:
        return None
    if found is None:
        return None
    return {
        "answered": found.answered,
        "effective": found.effective,
        "common_ground": [_row(each) for each in found.common_ground or ()],
    }


def _row(each: WeighedFinding) -> dict[str, Any]:
    share = each.share
    return {
        "statement_id": each.finding.result.id,
        "direction": each.finding.direction,
        "as_counted": share and float(share.unweighted),
        "weighed": share and float(share.weighted),
        "low": share and float(share.low),
        "high": share and float(share.high),
    }
