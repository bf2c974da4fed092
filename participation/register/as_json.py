"""Entries of the register for machines. Addresses of pages are in the reader's language, texts in all."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import url_for

from participation.fingerprints import fingerprint_of
from participation.register.reading import standing_of
from participation.responses.as_json import answer_as_json, decision_as_json, step_as_json
from participation.responses.reading import followed

if TYPE_CHECKING:
    from participation.register.queries import Entry, Tally
    from participation.responses.models import Answer, DeploymentDecision, Milestone, MilestoneStep
    from participation.responses.reading import Said


def entry_as_json(entry: Entry) -> dict[str, Any]:
    consultation, version = entry.consultation, entry.consultation.dossier_version
    organisation, later = consultation.organisation, followed(consultation)
    return {
        "id": consultation.slug,
        "is_demonstration": consultation.is_demonstration,
        "url": url_for("consultations.show", slug=consultation.slug, _external=True),
        "answers_url": url_for("responses.show", slug=consultation.slug, _external=True),
        "titles": {tag: text.title for tag, text in sorted(consultation.texts.items())},
        "organisation": organisation
        and {"id": organisation.slug, "name": organisation.name, "kind": organisation.kind.value},
        "country": entry.country,
        "dossier": version
        and {"id": version.deployment.slug, "version": version.number, "sha256": version.sha256},
        "opens_at": consultation.opens_at.isoformat(),
        "closes_at": consultation.closes_at.isoformat(),
        "answer_promised_by": consultation.responds_by and consultation.responds_by.isoformat(),
        "standing": standing_of(entry).value,
        "tally": tally_as_json(entry.tally),
        "findings": [_finding(said) for said in later.said],
        "decisions": [_published(decision_as_json(made), made) for made in later.decisions],
        "milestones": [_milestone(milestone) for milestone in later.milestones],
    }


def tally_as_json(tally: Tally) -> dict[str, int]:
    return asdict(tally)


def _finding(said: Said) -> dict[str, Any]:
    finding = said.answered.finding
    return {
        "number": finding.number,
        "kind": finding.kind.value,
        "statement": said.statement.number,
        "texts": said.texts,
        "is_withdrawn": finding.is_withdrawn,
        "days_late": said.days_late,
        "answers": [_published(answer_as_json(given), given) for given in said.answered.answers],
    }


def _published(said: dict[str, Any], row: Answer | DeploymentDecision | MilestoneStep) -> dict[str, Any]:
    """What was published, with the fingerprint under which the public log has it: of these fields alone."""
    return {**said, "sha256": fingerprint_of(said), "published_at": row.published_at.isoformat()}


def _milestone(milestone: Milestone) -> dict[str, Any]:
    return {
        "number": milestone.number,
        "is_condition": milestone.decision_id is not None,
        "steps": [_published(step_as_json(step), step) for step in milestone.steps],
    }
