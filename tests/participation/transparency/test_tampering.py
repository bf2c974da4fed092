"""Somebody writes to the database behind the application's back: each alteration is found, and by what."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from participation.consultations.models import Consultation
from participation.database import db
from participation.transparency.checking import check_all
from participation.transparency.committing import write_down_votes
from tests.participation.transparency.alterations import ALTERATIONS, Alteration, alter, sign, tell_story


@pytest.mark.parametrize("until_counted", [False, True])
def test_where_nobody_tampered_nothing_is_found(app: Flask, *, until_counted: bool) -> None:
    with app.app_context():
        head = tell_story(until_counted=until_counted)
        assert check_all([head]) == []


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=lambda one: one.name)
def test_an_alteration_is_found(app: Flask, alteration: Alteration) -> None:
    with app.app_context():
        head = tell_story(until_counted=not alteration.while_open)
        alter(alteration)
        found = [str(finding) for finding in check_all([head] if alteration.needs_saved_head else [])]
        if alteration.found_by:
            assert any(alteration.found_by in finding for finding in found), found
        else:
            assert not found


def test_a_log_begun_anew_deceives_only_those_who_kept_no_head(app: Flask) -> None:
    """What a log on one machine cannot show against whoever owns the machine."""
    with app.app_context():
        head = tell_story(until_counted=False)
        alter(next(one for one in ALTERATIONS if "anew" in one.name))
        for consultation_id in db.session.scalars(select(Consultation.id)).all():
            write_down_votes(consultation_id)
        sign()
        assert not any("head" in str(finding).lower() for finding in check_all())
        assert any("is of another log" in str(finding) for finding in check_all([head]))
