"""The trial run of the demonstration has been carried to a published report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.consultations.queries import consultation_by_slug
from participation.demonstration.actions import load_demonstration
from participation.demonstration.content import load_content, load_finished_content
from participation.demonstration.finished import load_finished_demonstration
from participation.outcomes.queries import findings_of, latest_report, versions_of
from participation.text import has_deceptive_characters
from tests.people import Visitor

if TYPE_CHECKING:
    from flask import Flask


def test_its_titles_say_that_it_was_a_trial_in_every_language() -> None:
    content, finished = load_content(), load_finished_content()
    assert list(finished.dossiers) == list(content.dossiers)
    for tag, dossier in finished.dossiers.items():
        assert dossier.title != content.dossiers[tag].title
        assert not has_deceptive_characters(dossier.title)
    assert finished.closes_in_days < 0 < finished.responds_in_days


@pytest.mark.usefixtures("context")
def test_it_has_groups_findings_and_a_report_in_three_languages_and_is_set_up_once(app: Flask) -> None:
    load_demonstration()
    for _time in range(2):
        load_finished_demonstration()
    consultation = consultation_by_slug(load_finished_content().slug)
    assert consultation
    assert len(versions_of(consultation.id)) == 1
    report = latest_report(consultation.id)
    assert report
    assert set(report.words) == {"en", "fr", "ar"}
    assert report.facts["consultation"]["organisation"]
    assert len(report.facts["analysis"]["groups"]) > 1
    assert {finding.kind.value for finding in findings_of(consultation.id)} >= {"shared agreement", "divides"}
    page = Visitor(app).opens(f"/c/{consultation.slug}/report")
    assert "the people and their votes are made up" in page.text


@pytest.mark.usefixtures("context")
def test_it_is_not_set_up_without_the_demonstration() -> None:
    load_finished_demonstration()
    assert consultation_by_slug(load_finished_content().slug) is None
