"""All that a report speaks of, gathered once and in no language. What it does not hold, the report does not say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from participation.deployments.rights.law import binds
from participation.deployments.rights.screen import SCREEN, needs_lawyers
from participation.deployments.rights.screen import answers_in as screen_answers
from participation.fingerprints import canonical, fingerprint_of
from participation.opinions.queries import snapshot_of, some_places_in
from participation.outcomes.findings import found_in
from participation.outcomes.gathered.analysis import published_analysis
from participation.outcomes.gathered.answers import answers_in
from participation.outcomes.gathered.machines import integrity_in, machine_use_in
from participation.outcomes.gathered.participation import participation_in
from participation.outcomes.gathered.statements import moderation_in, statements_in
from participation.outcomes.queries import latest_report, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from participation.consultations.models import Consultation
    from participation.deployments.models import DossierVersion
    from participation.opinions.models import Snapshot

SCHEMA_VERSION = "1"
# More marks than this cover each other; the groups' figures say the rest.
MOST_MARKS = 600

Facts = dict[str, Any]


class NotAnalysedError(LookupError):
    """A programming error: facts are gathered only from an analysis."""


def gather(consultation: Consultation) -> Facts:
    """Count and collect, as JSON holds it. Findings have no numbers yet; see `actions.publish_report`.

    Raises:
        NotAnalysedError: the worker has stored nothing yet.

    """
    snapshot = snapshot_of(consultation.id)
    if snapshot is None:
        raise NotAnalysedError
    statements, latest = statements_in(consultation), latest_report(consultation.id)
    analysis = published_analysis(snapshot.analysis, {statement["id"] for statement in statements})
    dossier = consultation.dossier_version
    facts: Facts = {
        "schema_version": SCHEMA_VERSION,
        "consultation": _consultation(consultation),
        "dossier": _dossier(dossier) if dossier else None,
        "rights": _rights(dossier) if dossier else None,
        "participation": participation_in(
            consultation, analysis, statements, before=latest.facts["participation"] if latest else None
        ),
        "answers": answers_in(consultation, snapshot.answers or {}),
        "analysis": analysis,
        "map": _map(consultation, analysis),
        "statements": statements,
        "moderation": moderation_in(consultation),
        "integrity": integrity_in(snapshot.integrity),
        "machine_use": machine_use_in(consultation, statements),
        "written": _written(consultation),
    }
    facts["method"] = _method(snapshot, facts)
    facts["findings"] = found_in(facts)
    return _plain(facts)


def _plain(facts: Facts) -> Facts:
    """As it comes back from the database: what is read from a draft is then what is read from a version."""
    plain: Facts = json.loads(canonical(facts))
    return plain


def _consultation(consultation: Consultation) -> dict[str, Any]:
    until, last_to_write = consultation.statements_until, consultation.last_moment_to_write
    return {
        "slug": consultation.slug,
        "languages": consultation.languages,
        "main_language": consultation.main_language,
        "texts": {tag: text.words() for tag, text in sorted(consultation.texts.items())},
        "opens_at": consultation.opens_at.isoformat(),
        "closes_at": consultation.closes_at.isoformat(),
        "statements_until": until and until.isoformat(),
        "last_day_to_write": last_to_write and last_to_write.date().isoformat(),
        "first_day": consultation.first_moment.date().isoformat(),
        "last_day": consultation.last_moment.date().isoformat(),
        "time_zone": consultation.time_zone,
        "admission": consultation.admission.value,
        "responds_by": consultation.responds_by and consultation.responds_by.isoformat(),
        "organisation": consultation.organisation and consultation.organisation.name,
        "is_demonstration": consultation.is_demonstration,
        "shows_interim_results": consultation.shows_interim_results,
    }


def _dossier(shown: DossierVersion) -> dict[str, Any]:
    return {
        "slug": shown.deployment.slug,
        "number": shown.number,
        "sha256": shown.sha256,
        "versions": [
            {
                "number": version.number,
                "published_at": version.published_at.isoformat(),
                "sha256": version.sha256,
            }
            for version in shown.deployment.versions
        ],
        "content": shown.content,
    }


def _rights(shown: DossierVersion) -> dict[str, Any]:
    return {
        "needs_lawyers": needs_lawyers(shown.content),
        "is_law": binds(shown.content["country"]),
        "practices": {
            practice: {"answer": answer["answer"], "note": answer.get("note")}
            for practice, answer in screen_answers(shown.content).items()
            if "answer" in answer
        },
        "is_withheld": SCREEN in shown.content["fields"] and not screen_answers(shown.content),
        "compatibility": shown.content["fields"].get("human_rights_compatibility"),
    }


def _map(consultation: Consultation, analysis: dict[str, Any]) -> dict[str, Any] | None:
    """Where people stand, rounded; nothing without groups: few people could be told by their places."""
    if not analysis["groups"]:
        return None
    groups = len(analysis["groups"])
    return {
        "people": analysis["number_of_participants"],
        "points": [
            [x, y, group if group is not None and group < groups else None]
            for x, y, group in some_places_in(consultation.id, MOST_MARKS)
        ],
    }


def _written(consultation: Consultation) -> dict[str, dict[str, str]]:
    written: dict[str, dict[str, str]] = {}
    for (section, language), text in sorted(texts_of(consultation.id).items()):
        if text.text:
            written.setdefault(section, {})[language] = text.text
    return written


def _method(snapshot: Snapshot, facts: Facts) -> dict[str, Any]:
    """How the figures came about, and a hash of everything that they and the words rest on."""
    provenance = snapshot.analysis["provenance"]
    return {
        "name": provenance["method"],
        "code_version": provenance["code_version"],
        "parameters": provenance["settings"],
        "seed": provenance["settings"]["seed"],
        "analysed_at": snapshot.gathered_at.isoformat(),
        "votes_sha256": provenance["votes_fingerprint"],
        "analysis_sha256": fingerprint_of(snapshot.analysis),
        "dossier_sha256": facts["dossier"] and facts["dossier"]["sha256"],
        "statements_sha256": fingerprint_of(facts["statements"]),
        "texts_sha256": fingerprint_of([facts["consultation"]["texts"], facts["written"]]),
        "answers_sha256": fingerprint_of(facts["answers"]),
        "moderation_sha256": fingerprint_of(facts["moderation"]),
    }


def languages_in(facts: Facts, known: Iterable[str]) -> list[str]:
    """The languages of the consultation that the interface speaks, the main one first; never none."""
    return [tag for tag in facts["consultation"]["languages"] if tag in known] or ["en"]
