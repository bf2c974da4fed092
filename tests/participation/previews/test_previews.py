"""A lawyer without an account reads Fatima's draft and says what she thinks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.accounts.queries import account_by_email
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.previews.actions import PreviewGoneError, comment, make_link
from participation.previews.tokens import sign_link
from tests.builders import make_account, make_consultation
from tests.people import Staff, Visitor

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def fatima(app: Flask) -> Staff:
    with app.app_context():
        email = make_account("Fatima").email
    fatima = Staff(app)
    fatima.signs_in(email)
    fatima.email = email  # type: ignore[attr-defined]
    return fatima


@pytest.fixture
def slug(app: Flask, fatima: Staff) -> str:
    with app.app_context():
        owner = account_by_email(fatima.email)  # type: ignore[attr-defined]
        return make_consultation(owner, languages=("en", "fr"), published=False).slug


def link_from(fatima: Staff, slug: str, recipient: str = "The ministry's lawyer") -> str:
    """The path of a new link, behind the language."""
    page = fatima.sends(f"/desk/c/{slug}/previews", recipient=recipient)
    return page.html.select(".address")[-1].get_text(strip=True).partition("/en")[2]


def test_she_reads_everything_and_comments(app: Flask, fatima: Staff, slug: str) -> None:
    path, lawyer = link_from(fatima, slug), Visitor(app)
    page = lawyer.opens(path)
    for words in ("Should a model rank applications? (en)", "The city council", "A person should decide."):
        assert words in page.text
    lawyer.language = "fr"
    assert "Should a model rank applications? (fr)" in lawyer.opens(path).text
    lawyer.language = "en"
    for _click in range(2):
        lawyer.sends(path, name="Ayşe", text="Who is\nliable?")
    page = fatima.opens(f"/desk/c/{slug}/previews")
    assert page.text.count("Who is liable?") == 1
    assert "Ayşe" in page.text
    assert "1 comment so far." in fatima.opens(f"/desk/c/{slug}").text


def test_the_preview_changes_nothing_and_the_draft_stays_hidden(app: Flask, fatima: Staff, slug: str) -> None:
    path, lawyer = link_from(fatima, slug), Visitor(app)
    lawyer.opens(path)
    assert lawyer.opens(f"/c/{slug}").status == 404
    assert lawyer.opens(f"/c/{slug}/vote").status == 404


def test_a_half_written_comment_is_kept(app: Flask, fatima: Staff, slug: str) -> None:
    path, lawyer = link_from(fatima, slug), Visitor(app)
    page = lawyer.sends(path, name="", text="Who is liable?")
    assert page.status == 400
    assert "Please give your name" in page.text
    assert page.field("text") == "Who is liable?"


def test_a_link_that_was_taken_back_opens_nothing_and_keeps_its_comments(
    app: Flask, fatima: Staff, slug: str
) -> None:
    path, other, lawyer = link_from(fatima, slug), link_from(fatima, slug, "The minister"), Visitor(app)
    lawyer.sends(path, name="Ayşe", text="Who is liable?")
    oldest = fatima.opens(f"/desk/c/{slug}/previews").html.select_one("form[action$=revoke]")["action"]
    fatima.sends(str(oldest).removeprefix("/en"))
    assert lawyer.opens(path).status == 410
    assert lawyer.sends(path, name="Ayşe", text="One more thing.").status == 410
    assert lawyer.opens(other).status == 200
    assert "Who is liable?" in fatima.opens(f"/desk/c/{slug}/previews").text


def test_another_consultations_link_cannot_be_taken_back_from_here(
    app: Flask, fatima: Staff, slug: str
) -> None:
    with app.app_context():
        link = make_link(make_consultation(published=False), "Somebody")
        link_id, token = link.id, sign_link(link.id)
    fatima.sends(f"/desk/c/{slug}/previews/{link_id}/revoke")
    assert Visitor(app).opens(f"/preview/{token}").status == 200


@pytest.mark.parametrize("token", ["forged", "1", "MQ.AAAA"])
def test_nobody_makes_a_link_up(app: Flask, token: str) -> None:
    assert Visitor(app).opens(f"/preview/{token}").status == 410


@pytest.mark.usefixtures("context")
def test_it_ends_when_everybody_can_read_it() -> None:
    draft = make_consultation(published=False)
    link = make_link(draft, "The minister")
    draft.published_at = now()
    db.session.commit()
    with pytest.raises(PreviewGoneError):
        comment(consultation_by_slug(draft.slug), link, "Ayşe", "Too late?")
