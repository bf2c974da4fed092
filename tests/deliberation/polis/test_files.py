"""Reading exports: three variants come in, every bad cell is named."""

import time
from pathlib import Path

import numpy as np
import pytest

from deliberation.polis import Comment, ExportError, read_conversation

NOON = 1_700_000_000_000  # milliseconds
HEADER = "timestamp,comment-id,voter-id,vote\n"
VOTES = f"{HEADER}{NOON},0,7,1\n{NOON + 5},1,7,-1\n{NOON + 9},0,8,0\n"


def folder_with(folder: Path, **files: str | bytes) -> Path:
    """A folder with e.g. votes="..." as votes.csv; `participants_votes` becomes participants-votes.csv."""
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / f"{name.replace('_', '-')}.csv").write_bytes(data)
    return folder


def test_votes_alone_are_a_conversation(tmp_path: Path) -> None:
    conversation = read_conversation(folder_with(tmp_path, votes=VOTES))
    assert conversation.timestamps.tolist() == [NOON, NOON + 5, NOON + 9]
    assert conversation.statements.tolist() == [0, 1, 0]
    assert conversation.voters.tolist() == [7, 7, 8]
    assert conversation.choices.tolist() == [1, -1, 0]
    assert conversation.choices.dtype == np.int8
    assert conversation.comments == (Comment(id=0), Comment(id=1))
    assert conversation.summary == {}
    assert conversation.groups == {}


def test_a_conversation_before_the_first_vote(tmp_path: Path) -> None:
    conversation = read_conversation(folder_with(tmp_path, votes="timestamp,comment-id,voter-id,vote\n"))
    assert len(conversation.choices) == 0
    assert conversation.comments == ()
    assert conversation.current_votes().tolist() == []


def test_votes_are_put_in_the_order_they_were_cast(tmp_path: Path) -> None:
    rows = [(NOON + 2, 0, 1, 1), (NOON, 5, 1, 0), (NOON, 4, 1, -1)]
    votes = "timestamp,comment-id,voter-id,vote\n" + "".join(f"{a},{b},{c},{d}\n" for a, b, c, d in rows)
    conversation = read_conversation(folder_with(tmp_path, votes=votes))
    assert conversation.statements.tolist() == [5, 4, 0]


def test_votes_of_the_same_instant_keep_the_order_of_the_file(tmp_path: Path) -> None:
    voters = [(7 * i) % 101 for i in range(101)]
    votes = HEADER + "".join(f"{NOON},0,{voter},1\n" for voter in voters) + f"{NOON - 1},0,500,1\n"
    conversation = read_conversation(folder_with(tmp_path, votes=votes))
    assert conversation.voters.tolist() == [500, *voters]


def test_clojure_zip(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        votes=VOTES,
        summary="topic,Buses\nurl,https://pol.is/2demo\nviews,12\n",
        comments="timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,"
        f'group-informed-consensus,comment-body\n{NOON},1,7,3,4,-1,true,false,0.5,"More, please"\n'
        f"{NOON},0,8,3,4,1,false,true,0.5,Fewer\n",
    )
    conversation = read_conversation(folder)
    assert conversation.summary == {"topic": "Buses", "url": "https://pol.is/2demo", "views": "12"}
    assert conversation.comments == (
        Comment(1, author_id=7, timestamp=NOON, moderated=-1, is_meta=True, text="More, please"),
        Comment(0, author_id=8, timestamp=NOON, moderated=1, is_seed=True, text="Fewer"),
    )


def test_report_interface_counts_seconds_and_does_not_quote_texts(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        votes=f"timestamp,datetime,comment-id,voter-id,vote\n{NOON // 1000},Tue Nov 14,0,7,1\n",
        summary='topic,"Buses"\nconversation-description,Big, small and blue\n',
        comments="timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        f"{NOON // 1000},Tue Nov 14,0,7,3,4,0,More, and bigger, buses\n",
    )
    conversation = read_conversation(folder)
    assert conversation.timestamps.tolist() == [NOON]
    assert conversation.comments == (Comment(0, author_id=7, timestamp=NOON, text="More, and bigger, buses"),)
    assert conversation.summary["conversation-description"] == "Big, small and blue"


def test_folder_with_numbers_only(tmp_path: Path) -> None:
    comments = "comment-id,moderated,is-meta,is-seed\n0,1,0,1\n1,-1,1,0\n"
    conversation = read_conversation(folder_with(tmp_path, votes=VOTES, comments=comments))
    assert conversation.comments == (
        Comment(0, moderated=1, is_seed=True),
        Comment(1, moderated=-1, is_meta=True),
    )


def test_byte_order_mark_windows_line_ends_and_line_breaks_in_texts(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        votes=b"\xef\xbb\xbf" + VOTES.replace("\n", "\r\n").encode(),
        comments=b'\xef\xbb\xbfcomment-id,comment-body\r\n0,"one\r\ntwo \xe5\x85\xac"\r\n1,plain\r\n\r\n',
    )
    conversation = read_conversation(folder)
    assert [comment.text for comment in conversation.comments] == ["one\r\ntwo 公", "plain"]
    assert len(conversation.choices) == 3


@pytest.mark.parametrize("name", ["participants-votes.csv", "participant-votes.csv"])
def test_groups_that_polis_published(tmp_path: Path, name: str) -> None:
    folder = folder_with(tmp_path, votes=VOTES)
    (folder / name).write_text("participant,xid,group-id,n-comments,0\n7,a,2,0,1\n8,b,,0,\n")
    assert read_conversation(folder).groups == {7: 2}


def test_progress_is_told_per_file(tmp_path: Path) -> None:
    heard: list[tuple[str, int]] = []
    folder = folder_with(tmp_path, votes=VOTES, summary="topic,Buses\n")
    read_conversation(folder, progress=lambda name, rows: heard.append((name, rows)))
    assert heard == [("votes.csv", 3), ("summary.csv", 1)]


@pytest.mark.parametrize(
    ("files", "place", "value"),
    [
        ({}, ("votes.csv", None, None), None),
        ({"votes": ""}, ("votes.csv", 1, None), None),
        ({"votes": "timestamp,comment-id,vote\n"}, ("votes.csv", 1, "voter-id"), None),
        ({"votes": HEADER + f"{NOON},0,7,1\n{NOON},0,8,2\n"}, ("votes.csv", 3, "vote"), "2"),
        ({"votes": HEADER + f"{NOON},0,7,1\n\n{NOON},0,8,yes\n"}, ("votes.csv", 4, "vote"), "yes"),
        ({"votes": HEADER + f"{NOON},0,7,\n"}, ("votes.csv", 2, "vote"), ""),
        ({"votes": HEADER + f"{NOON},1_0,7,1\n"}, ("votes.csv", 2, "comment-id"), "1_0"),
        ({"votes": HEADER + f"{NOON},0,\u0667,1\n"}, ("votes.csv", 2, "voter-id"), "\u0667"),
        ({"votes": HEADER + f"{NOON},0,-7,1\n"}, ("votes.csv", 2, "voter-id"), "-7"),
        ({"votes": HEADER + f"{NOON},0,{2**64},1\n"}, ("votes.csv", 2, "voter-id"), str(2**64)),
        ({"votes": HEADER + "noon,0,7,1\n"}, ("votes.csv", 2, "timestamp"), "noon"),
        ({"votes": HEADER + f"{10**15},0,7,1\n"}, ("votes.csv", 2, "timestamp"), str(10**15)),
        ({"votes": HEADER + f"{NOON},0,7\n"}, ("votes.csv", 2, "vote"), None),
        ({"votes": HEADER + f"{NOON},0,7,1,9\n"}, ("votes.csv", 2, None), "9"),
        ({"votes": (HEADER + f"{NOON},0,7,1\n").encode() + b"\xff"}, ("votes.csv", 3, None), "b'\\xff'"),
        ({"votes": VOTES, "comments": "id\n0\n"}, ("comments.csv", 1, "comment-id"), None),
        ({"votes": VOTES, "comments": "comment-id\n0\n"}, ("votes.csv", 3, "comment-id"), "1"),
        ({"votes": VOTES, "comments": "comment-id\n0\n1\n0\n"}, ("comments.csv", 4, "comment-id"), "0"),
        ({"votes": VOTES, "comments": "comment-id,moderated\n0,2\n"}, ("comments.csv", 2, "moderated"), "2"),
        (
            {"votes": VOTES, "comments": "comment-id,is-meta\n0,maybe\n"},
            ("comments.csv", 2, "is-meta"),
            "maybe",
        ),
        ({"votes": VOTES, "comments": "comment-id,author-id\n0,x\n"}, ("comments.csv", 2, "author-id"), "x"),
        ({"votes": VOTES, "comments": "comment-id,timestamp\n0,x\n"}, ("comments.csv", 2, "timestamp"), "x"),
        ({"votes": VOTES, "summary": "topic,a\ntopic,b\n"}, ("summary.csv", 2, "key"), "topic"),
        ({"votes": VOTES, "summary": "topic\n"}, ("summary.csv", 1, "value"), None),
        (
            {"votes": VOTES, "participants_votes": "participant\n7\n"},
            ("participants-votes.csv", 1, "group-id"),
            None,
        ),
        (
            {"votes": VOTES, "participants_votes": "participant,group-id\n7,b\n"},
            ("participants-votes.csv", 2, "group-id"),
            "b",
        ),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path,
    files: dict[str, str | bytes],
    place: tuple[str, int | None, str | None],
    value: str | None,
) -> None:
    with pytest.raises(ExportError) as caught:
        read_conversation(folder_with(tmp_path, **files))
    error = caught.value
    assert (error.file, error.row, error.column) == place
    assert error.value == value
    assert error.expected


def test_the_message_says_where_what_and_what_instead(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, votes=HEADER + f"{NOON},0,7,5\n")
    with pytest.raises(ExportError) as caught:
        read_conversation(folder)
    assert str(caught.value) == (
        "votes.csv, row 2, column vote: found '5', expected 1 (agree), 0 (pass) or -1 (disagree)"
    )


def test_a_row_is_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    comments = 'comment-id,moderated,comment-body\n0,1,"three\nlines\nlong"\n1,?,short\n'
    with pytest.raises(ExportError, match="row 3, column moderated"):
        read_conversation(folder_with(tmp_path, votes=VOTES, comments=comments))


def test_a_quote_that_is_never_closed_loses_no_rows_silently(tmp_path: Path) -> None:
    comments = 'comment-id,comment-body\n0,fine\n1,"open\n2,swallowed\n'
    with pytest.raises(ExportError, match=r"comments\.csv, row 3"):
        read_conversation(folder_with(tmp_path, votes=VOTES, comments=comments))


def test_vtaiwan_is_read_in_well_under_half_a_second(shared_data: Path) -> None:
    seconds = []
    for _ in range(3):  # the best of three: another process may be using the processor
        started = time.perf_counter()
        conversation = read_conversation(shared_data / "polis" / "vtaiwan.uberx")
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < 0.5
    assert len(conversation.choices) == 49_997
    assert len(np.unique(conversation.voters)) == 1921
    assert conversation.groups[1] in {0, 1}


@pytest.mark.parametrize(
    "unusual",
    [
        VOTES.replace(f"{NOON},", f'"{NOON}",'),
        VOTES.replace("\n", "\r\n"),
        VOTES.replace("\n", "\n\n"),
        "\ufeff" + VOTES,
        VOTES.rstrip("\n"),
        VOTES.replace("timestamp", "day,timestamp").replace("\n17", "\nmiércoles,17"),
    ],
    ids=["quotes", "carriage returns", "empty lines", "byte order mark", "no last line end", "not ASCII"],
)
def test_however_a_file_is_written_the_votes_are_the_same(tmp_path: Path, unusual: str) -> None:
    plain = read_conversation(folder_with(tmp_path, votes=VOTES))
    assert read_conversation(folder_with(tmp_path, votes=unusual)) == plain


def test_a_file_of_many_votes_is_read_in_parts(tmp_path: Path) -> None:
    n = 200_000
    rows = "".join(f"{NOON + i},{i % 10},{i},{i % 3 - 1}\n" for i in range(n))
    conversation = read_conversation(folder_with(tmp_path, votes=HEADER + rows))
    assert (conversation.timestamps == NOON + np.arange(n)).all()
    assert (conversation.voters == np.arange(n)).all()
    assert (conversation.choices == np.arange(n) % 3 - 1).all()


@pytest.mark.parametrize("bad", ["", "-", "1-", "+1", " 1", "1_000", "1.0", "x", "9" * 19, "\u0661"])
def test_what_is_no_id_is_refused_by_its_place(tmp_path: Path, bad: str) -> None:
    with pytest.raises(ExportError, match="row 3, column voter-id"):
        read_conversation(
            folder_with(tmp_path, votes=VOTES.replace(f"{NOON + 5},1,7", f"{NOON + 5},1,{bad}"))
        )
