"""An operator brings a recorded conversation in, and takes it out again unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from deliberation.polis import read_conversation
from participation.consultations.models import Channel, Consultation, Participant, Phase
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.demonstration.actions import load_demonstration
from participation.statements.models import State, Statement
from participation.votes.models import SupersededVote, Vote
from tests.tools import shared_data

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

VOTES = """timestamp,datetime,comment-id,voter-id,vote
1435654192085,x,0,0,1
1435654192085,x,1,0,-1
1435657000000,x,0,4,0
1435658000000,x,0,4,-1
"""
COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1435654190000,x,0,0,1,1,1,"A person, not a model, should decide."
1435654190001,x,1,4,0,1,0,Errors should be published.
1435654190002,x,2,9,0,0,-1,Spam.
"""
SUMMARY = "topic,Welfare\nurl,https://example.org\nconversation-description,What do you think?\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "votes.csv").write_text(VOTES)
    (tmp_path / "comments.csv").write_text(COMMENTS)
    (tmp_path / "summary.csv").write_text(SUMMARY)
    return tmp_path


def run(app: Flask, *arguments: object) -> str:
    result = app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])
    return result.output


def test_a_conversation_becomes_a_closed_consultation(app: Flask, folder: Path) -> None:
    assert "Imported welfare" in run(app, "consultation", "import-polis", folder, "--slug", "welfare")
    with app.app_context():
        consultation = consultation_by_slug("welfare")
        assert consultation.phase() is Phase.CLOSED
        assert consultation.texts["en"].title == "Welfare"
        states = list(db.session.scalars(select(Statement.state).order_by(Statement.number)))
        assert states == [State.PUBLISHED, State.PUBLISHED, State.REJECTED]
        assert db.session.scalar(select(func.count()).select_from(Vote)) == 3
        assert db.session.scalar(select(func.count()).select_from(SupersededVote)) == 1


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("votes.csv", VOTES.replace("0,4,0", "0,4,7"), ["votes.csv", "row 4", "vote", "7"]),
        ("votes.csv", VOTES.replace("1,0,-1", "8,0,-1"), ["row 3", "comment-id", "8"]),
        (
            "comments.csv",
            COMMENTS.replace("190001,x,1", "190001,x,one"),
            ["comments.csv", "row 3", "comment-id"],
        ),
        ("votes.csv", VOTES.replace("voter-id", "who"), ["votes.csv", "voter-id"]),
    ],
)
def test_a_mistake_is_named_by_row_and_column_and_nothing_is_imported(
    app: Flask, folder: Path, file: str, text: str, words: list[str]
) -> None:
    (folder / file).write_text(text)
    output = run(app, "consultation", "import-polis", folder, "--slug", "welfare")
    assert "Nothing was imported" in output
    for word in words:
        assert word in output
    with app.app_context():
        assert db.session.scalars(select(Consultation)).all() == []


def test_an_address_that_is_taken_is_refused_whole(app: Flask, folder: Path) -> None:
    run(app, "consultation", "import-polis", folder, "--slug", "welfare")
    assert "--slug" in run(app, "consultation", "import-polis", folder, "--slug", "welfare")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Vote)) == 3


def test_what_was_exported_imports_to_an_equal_consultation(app: Flask, folder: Path, tmp_path: Path) -> None:
    run(app, "consultation", "import-polis", folder, "--slug", "welfare")
    first, second = tmp_path / "first", tmp_path / "second"
    run(app, "consultation", "export", "welfare", first)
    run(app, "consultation", "import-polis", first, "--slug", "again")
    run(app, "consultation", "export", "again", second)
    assert_same_files(first, second)


def test_people_keep_the_way_by_which_they_took_part(app: Flask, folder: Path, tmp_path: Path) -> None:
    run(app, "consultation", "import-polis", folder, "--slug", "welfare")
    with app.app_context():
        first, *_others = db.session.scalars(select(Participant).order_by(Participant.id))
        # Polis knows no ways: until somebody says otherwise they came by themselves.
        assert first.channel is Channel.ONLINE
        first.channel = Channel.PAPER
        db.session.commit()
    run(app, "consultation", "export", "welfare", tmp_path / "out")
    run(app, "consultation", "import-polis", tmp_path / "out", "--slug", "again")
    with app.app_context():
        channels = db.session.scalars(
            select(Participant.channel)
            .where(Participant.consultation_id == consultation_by_slug("again").id)
            .order_by(Participant.id)
        ).all()
    assert channels[:2] == [Channel.PAPER, Channel.ONLINE]


def test_the_demonstration_with_its_translations_survives_the_journey(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        load_demonstration()
        slug = db.session.scalars(select(Consultation.slug)).one()
    first, second = tmp_path / "first", tmp_path / "second"
    run(app, "consultation", "export", slug, first)
    run(app, "consultation", "import-polis", first, "--slug", "again")
    run(app, "consultation", "export", "again", second)
    assert_same_files(first, second)
    with app.app_context():
        again = consultation_by_slug("again")
        assert again.phase() is Phase.OPEN
        assert set(again.languages) == {"en", "fr", "ar"}


def test_vtaiwan_comes_in_whole(app: Flask) -> None:
    folder = shared_data("polis/vtaiwan.uberx")
    run(app, "consultation", "import-polis", folder, "--slug", "vtaiwan", "--language", "zh-Hant")
    with app.app_context():
        kept = sum(
            db.session.scalar(select(func.count()).select_from(table)) for table in (Vote, SupersededVote)
        )
    assert kept == len(read_conversation(folder).choices)


def assert_same_files(first: Path, second: Path) -> None:
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in second.iterdir())
    for name in names:
        assert (first / name).read_text() == (second / name).read_text(), name
