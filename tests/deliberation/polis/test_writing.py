"""Writing exports: nothing gets lost, columns and counts are Polis', and spreadsheets run nothing."""

from pathlib import Path

import numpy as np
import pytest

from deliberation.polis import Comment, Conversation, export_texts, read_conversation, write_conversation

NOON = 1_700_000_000_000  # milliseconds


def a_conversation() -> Conversation:
    return Conversation(
        summary={"topic": "=Buses, and trams", "conversation-description": "two\nlines", "empty": ""},
        comments=(
            Comment(
                id=4, author_id=7, timestamp=NOON, moderated=1, is_seed=True, text='He said "no",\r\nshe'
            ),
            Comment(id=2, moderated=-1, is_meta=True, text="- less traffic"),
            Comment(id=9, text="'quoted'"),
        ),
        timestamps=np.array([NOON, NOON, NOON + 10, NOON + 2000]),
        statements=np.array([4, 2, 4, 2]),
        voters=np.array([7, 7, 7, 30]),
        choices=np.array([1, 0, -1, 1], dtype=np.int8),
        groups={7: 1},
    )


def test_what_is_written_is_read_back_equal(tmp_path: Path) -> None:
    write_conversation(tmp_path / "new", a_conversation())
    assert read_conversation(tmp_path / "new") == a_conversation()


def test_an_empty_conversation_is_read_back_equal(tmp_path: Path) -> None:
    nothing = np.zeros(0, dtype=np.int64)
    conversation = Conversation({}, (), nothing, nothing, nothing, nothing.astype(np.int8))
    write_conversation(tmp_path, conversation)
    assert read_conversation(tmp_path) == conversation


def test_the_files_have_polis_columns_and_counts() -> None:
    texts = {name: "".join(pieces) for name, pieces in export_texts(a_conversation()).items()}
    assert texts["votes.csv"].splitlines()[:2] == [
        "timestamp,datetime,comment-id,voter-id,vote",
        f"{NOON},2023-11-14T22:13:20Z,4,7,1",
    ]
    assert texts["comments.csv"].splitlines()[0] == (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,comment-body"
    )
    # Voter 7 first agreed with statement 4, then disagreed: only the last vote counts.
    assert f"{NOON},2023-11-14T22:13:20Z,4,7,0,1,1,0,1," in texts["comments.csv"]
    assert texts["participants-votes.csv"].splitlines() == [
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,2,4,9",
        "7,1,1,2,0,1,0,-1,",
        "30,,0,1,1,0,1,,",
    ]


def test_formulas_are_guarded_only_on_request() -> None:
    plain = {name: "".join(pieces) for name, pieces in export_texts(a_conversation()).items()}
    guarded = {
        name: "".join(pieces) for name, pieces in export_texts(a_conversation(), guard_formulas=True).items()
    }
    assert ",- less traffic" in plain["comments.csv"]
    assert ",'- less traffic" in guarded["comments.csv"]
    assert '"\'=Buses, and trams"' in guarded["summary.csv"]
    assert ",'quoted'" in guarded["comments.csv"]
    assert guarded["votes.csv"] == plain["votes.csv"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_reading_leaves_a_guarded_text_as_it_is(tmp_path: Path, start: str) -> None:
    nothing = np.zeros(0, dtype=np.int64)
    comments = (Comment(id=0, text=f"{start}1"),)
    conversation = Conversation({}, comments, nothing, nothing, nothing, nothing.astype(np.int8))
    write_conversation(tmp_path, conversation, guard_formulas=True)
    assert read_conversation(tmp_path).comments[0].text == f"'{start}1"


def test_timestamps_that_would_be_read_as_seconds_are_refused() -> None:
    one = np.array([1])
    conversation = Conversation({}, (Comment(1),), one, one, one, one.astype(np.int8))
    with pytest.raises(ValueError, match="read back as seconds"):
        export_texts(conversation)


def test_recorded_exports_survive_writing(shared_data: Path, tmp_path: Path) -> None:
    folders = [path.parent for path in shared_data.glob("*/*/votes.csv")]
    assert folders
    for folder in folders:
        conversation = read_conversation(folder)
        write_conversation(tmp_path / folder.name, conversation)
        assert read_conversation(tmp_path / folder.name) == conversation
