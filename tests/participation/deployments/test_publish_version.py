"""Fatima's office writes a dossier, publishes it, and cannot change what people have read."""

from __future__ import annotations

import hashlib

import pytest

from participation.consultations.actions import (
    DossierIncompleteError,
    WrongPhaseError,
    attach_dossier,
)
from participation.database import PublishedError, db
from participation.deployments.actions import (
    DossierNotValidError,
    NothingNewError,
    publish_version,
    save_draft,
)
from participation.deployments.queries import complete_dossiers, deployment_by_slug, version_of
from participation.fingerprints import canonical
from tests.builders import make_consultation
from tests.participation.deployments.cases import small_dossier, whole_dossier

pytestmark = pytest.mark.usefixtures("context")


def test_a_draft_is_not_public_until_it_is_published() -> None:
    trams = save_draft(small_dossier())
    assert version_of("trams") is None
    version = publish_version(trams)
    assert version.number == 1
    assert version_of("trams") is version
    assert version.sha256 == hashlib.sha256(canonical(small_dossier())).hexdigest()


def test_a_second_draft_changes_nothing_that_is_published() -> None:
    publish_version(save_draft(small_dossier()))
    trams = save_draft(small_dossier(team={"en": "Tram office"}))
    assert "team" not in version_of("trams").content["fields"]
    assert publish_version(trams).number == 2
    assert version_of("trams", 1).content == small_dossier()
    assert trams.latest.number == 2


def test_publishing_the_same_again_is_refused() -> None:
    trams = save_draft(small_dossier())
    publish_version(trams)
    with pytest.raises(NothingNewError):
        publish_version(trams)


def test_a_published_version_cannot_be_written_over() -> None:
    version = publish_version(save_draft(small_dossier()))
    version.content = small_dossier(team={"en": "Somebody else"})
    with pytest.raises(PublishedError):
        db.session.commit()
    db.session.rollback()
    assert "team" not in version_of("trams").content["fields"]


def test_what_is_wrong_is_not_kept() -> None:
    with pytest.raises(DossierNotValidError) as refused:
        save_draft(small_dossier(level="moon", planned_start="soon"))
    assert len(refused.value.problems) == 2
    assert deployment_by_slug("trams") is None


def test_people_are_asked_about_a_complete_dossier_only() -> None:
    draft = make_consultation(published=False)
    gaps = publish_version(save_draft(small_dossier()))
    with pytest.raises(DossierIncompleteError):
        attach_dossier(draft, gaps)
    assert draft.dossier_version is None
    whole = publish_version(save_draft(whole_dossier()))
    assert complete_dossiers() == [whole]
    attach_dossier(draft, whole)
    assert draft.dossier_version is whole


def test_what_people_read_stays_once_they_vote() -> None:
    whole = publish_version(save_draft(whole_dossier()))
    with pytest.raises(WrongPhaseError):
        attach_dossier(make_consultation(), whole)
