"""What changes reports: the organiser's texts are saved, and a version is published that stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from participation.consultations.actions import enter_in_log
from participation.database import db, now
from participation.errors import DomainError
from participation.fingerprints import fingerprint_of
from participation.outcomes.blockers import blockers_of
from participation.outcomes.facts import gather
from participation.outcomes.models import Finding, FindingKind, Report, ReportText
from participation.outcomes.queries import findings_of, latest_report
from participation.outcomes.words import words_of
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from participation.consultations.models import Consultation
    from participation.outcomes.facts import Facts


class ReportNotReadyError(DomainError):
    message = _l("The report cannot be published yet. Please look at what is missing.")

    def __init__(self, blockers: Iterable[str]) -> None:
        super().__init__(*blockers)
        self.blockers = list(blockers)


class ReasonMissingError(DomainError):
    message = _l(
        "Please say why there is another version, in the main language at least: everybody will read it."
    )
    status = 422


class PublishedMeanwhileError(DomainError):
    message = _l(
        "A version was published since you opened this page. Look at it before you publish another one."
    )


class TextEditedMeanwhileError(DomainError):
    message = _l(
        "Somebody else has changed this text since you opened it. Put the two together, then save again."
    )


class ReportPreviewGoneError(DomainError):
    message = _l("This preview has ended: the link was taken back, or the report is published.")
    status = 410


def save_text(consultation: Consultation, section: str, language: str, text: str, *, edition: int) -> int:
    """Keep what the organiser adds to a section of the next version; returns its new edition.

    Args:
        edition: the one that the writer has seen; 0 for none.

    Raises:
        TextEditedMeanwhileError: there is a later edition, and it says something else.

    """
    db.session.refresh(consultation, with_for_update=True)
    key = {"consultation_id": consultation.id, "section": section, "language": language}
    held = db.session.get(ReportText, key, populate_existing=True) or ReportText(**key, text="", edition=0)
    if held.text != text:
        if held.edition != edition:
            db.session.rollback()
            raise TextEditedMeanwhileError
        held.text, held.edition = text, held.edition + 1
        db.session.add(held)
    saved = held.edition
    db.session.commit()
    return saved


def publish_report(
    consultation: Consultation, reasons: Mapping[str, str] | None = None, *, seen: int | None = None
) -> Report:
    """Freeze the facts and the words as the next version, and put its findings to the authority.

    Args:
        consultation: a closed one.
        reasons: why there is another version, by language; the first needs none.
        seen: the number of the latest version that the publisher has read, 0 for none; whichever if left out.

    Raises:
        ReportNotReadyError: `blockers` says what is missing.
        PublishedMeanwhileError: there is a later version than the one seen.
        ReasonMissingError: it corrects a version, and nobody says why.

    """
    # One at a time: no two versions get one number, and the worker changes nothing meanwhile.
    db.session.refresh(consultation, with_for_update=True)
    latest = latest_report(consultation.id)
    number = latest.number if latest else 0
    try:
        _check(consultation, latest, reasons or {}, seen=seen)
    except DomainError:
        db.session.rollback()
        raise
    kept = {tag: words for tag, words in (reasons or {}).items() if words} if latest else {}
    report = _frozen(consultation, number + 1, kept)
    db.session.add(report)
    db.session.flush()
    _keep_findings(report)
    enter_in_log(consultation, Kind.REPORT_PUBLISHED, version=report.number, sha256=report.sha256)
    db.session.commit()
    return report


def _check(
    consultation: Consultation, latest: Report | None, reasons: Mapping[str, str], *, seen: int | None
) -> None:
    if seen is not None and seen != (latest.number if latest else 0):
        raise PublishedMeanwhileError
    if blockers := blockers_of(consultation):
        raise ReportNotReadyError(blockers)
    if latest and not reasons.get(consultation.main_language):
        raise ReasonMissingError


def _frozen(consultation: Consultation, number: int, reasons: dict[str, str]) -> Report:
    published_at = now()
    facts = draft_facts(consultation)
    facts["version"] = {"number": number, "published_at": published_at.isoformat(), "reason": reasons}
    words = words_of(facts)
    return Report(
        consultation_id=consultation.id,
        number=number,
        published_at=published_at,
        reason=reasons,
        facts=facts,
        words=words,
        sha256=fingerprint_of({"facts": facts, "words": words}),
    )


def draft_facts(consultation: Consultation) -> Facts:
    """The facts as the next version would freeze them, each finding with the number that it has or would get."""
    facts = gather(consultation)
    known = {(each.kind.value, each.statement_id): each.number for each in findings_of(consultation.id)}
    following = max(known.values(), default=0)
    numbered = []
    for found in facts["findings"]:
        number = known.get((found["kind"], found["statement_id"]))
        if number is None:
            number = following = following + 1
        numbered.append({"number": number, **found})
    return {**facts, "findings": numbered}


def _keep_findings(report: Report) -> None:
    """Put what is new to the authority, withdraw what is not found any more, and let stand again what is."""
    found: dict[tuple[FindingKind, int], dict[str, Any]] = {
        (FindingKind(each["kind"]), each["statement_id"]): each for each in report.facts["findings"]
    }
    for held in findings_of(report.consultation_id):
        if found.pop((held.kind, held.statement_id), None):
            held.withdrawn_in_id = None
        elif not held.is_withdrawn:
            held.withdrawn_in_id = report.id
    db.session.add_all(
        Finding(
            consultation_id=report.consultation_id,
            number=each["number"],
            kind=kind,
            statement_id=statement_id,
            report_id=report.id,
        )
        for (kind, statement_id), each in found.items()
    )
