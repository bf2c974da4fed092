"""The trial run that is over: counted here and now, and carried to a published report."""

from __future__ import annotations

from participation.accounts.queries import account_by_email
from participation.consultations.queries import consultation_by_slug
from participation.demonstration.actions import FACILITATOR, OFFICIAL, run
from participation.demonstration.answers import answer_findings
from participation.demonstration.content import load_content, load_finished_content
from participation.monitoring.actions import freeze_weighing
from participation.outcomes.actions import publish_report

# Few, so that they are counted in a few seconds; enough for groups to be found.
PEOPLE, SEED = 120, 21


def load_finished_demonstration() -> None:
    """Set the trial run up beside the demonstration, which is loaded first, unless it is there."""
    content, beside = load_finished_content(), consultation_by_slug(load_content().slug)
    facilitator, official = account_by_email(FACILITATOR), account_by_email(OFFICIAL)
    version = beside and beside.dossier_version
    if consultation_by_slug(content.slug) or not (facilitator and official and version):
        return
    # It brings the whole engine, which no web process needs.
    from participation.opinions.actions import refresh_snapshot  # noqa: PLC0415

    consultation = run(content, facilitator, official, version, people=PEOPLE, seed=SEED)
    refresh_snapshot(consultation.id)
    freeze_weighing(consultation.id)
    publish_report(consultation)
    answer_findings(consultation)
