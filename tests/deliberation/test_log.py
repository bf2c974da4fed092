"""A log as a file: its entries, its heads, its lists and receipts, checked by a program that knows nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deliberation.ballot import Choice
from deliberation.log_check import FORMAT
from deliberation.log_entries import (
    NOTHING_BEFORE,
    SIGNING_KEY,
    Entry,
    Head,
    UnreadableHeadError,
    canonical,
    is_signed,
    origin_of,
    read_head,
    sign,
    verifier_key,
)
from deliberation.merkle import inclusion_proofs, root
from deliberation.receipts import (
    COMMITTED,
    COUNTED,
    Proof,
    Receipt,
    ReceiptVote,
    UnreadableReceiptError,
    read_receipt,
    write_receipt,
)
from deliberation.vote_commitments import commitment_to, in_order, line_of, proofs_in, root_of
from tests.tools import ROOT

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
NONCES = [bytes([number]) * 32 for number in range(1, 6)]
VOTES = [
    (1, commitment_to("trams", 1, Choice.AGREE, is_important=number == 0, nonce=nonce))
    for number, nonce in enumerate(NONCES)
]
LINES = in_order(VOTES)


def make_log() -> list[Entry]:
    facts: list[tuple[str, dict[str, Any]]] = [
        (SIGNING_KEY, {"public_key": PUBLIC.hex()}),
        ("consultation-opened", {"by": "date"}),
        (COUNTED, {"votes": len(LINES), "root": root_of(LINES).hex()}),
        ("report-published", {"version": 1}),
    ]
    entries: list[Entry] = []
    for index, (kind, said) in enumerate(facts):
        previous = entries[-1].hash if entries else NOTHING_BEFORE
        entries.append(Entry(index, kind, "2026-11-24T10:30Z", "trams", None, said, previous.hex()))
    return entries


def head_of(entries: list[Entry]) -> str:
    hashes = [entry.hash for entry in entries]
    return sign(Head(origin_of(hashes[0]), len(hashes), root(hashes)), KEY)


def make_receipt(*, opened: bool = False) -> Receipt:
    entries = make_log()
    (path,) = inclusion_proofs([entry.hash for entry in entries], [2])
    place = LINES.index(line_of(*VOTES[0]))
    (proof,) = proofs_in(LINES, [place])
    vote = ReceiptVote(1, VOTES[0][1], (Proof(2, place, tuple(proof)),))
    if opened:
        vote = replace(vote, choice=Choice.AGREE, is_important=True, nonce=NONCES[0])
    return Receipt("trams", head_of(entries), ((entries[2], tuple(path)),), (vote,))


def as_file(folder: Path, entries: list[Entry], head: str) -> Path:
    rows = [{**vars(entry), "hash": entry.hash.hex()} for entry in entries]
    path = folder / "log.json"
    path.write_text(json.dumps({"format": FORMAT, "head": head, "entries": rows}))
    return path


def run(*arguments: object) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "deliberation.log_check", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_canonical_json_is_that_of_the_standard() -> None:
    assert canonical({"b": [1, True, None], "a": "é"}) == '{"a":"é","b":[1,true,null]}'.encode()
    with pytest.raises(TypeError, match="fractions"):
        canonical({"share": [0.5]})


def test_a_head_is_good_under_its_key_alone() -> None:
    note = head_of(make_log())
    another = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert is_signed(note, [another, PUBLIC])
    assert not is_signed(note, [another])
    assert not is_signed(note.replace("\n4\n", "\n5\n"), [PUBLIC])
    assert is_signed(note.replace("\n", "\r\n"), [PUBLIC]), (
        "a mail program may have changed the ends of lines"
    )
    assert read_head(note).size == 4


def test_a_head_has_the_form_that_other_programs_read() -> None:
    """The first line, the size, the root, an empty line, and the signature after an em dash: C2SP's signed note."""
    note = head_of(make_log())
    origin, size, _root, empty, signature, last = note.split("\n")
    assert (size, empty, last) == ("4", "", "")
    assert signature.startswith(f"\N{EM DASH} {origin} ")
    assert verifier_key(origin, PUBLIC).startswith(f"{origin}+")


@pytest.mark.parametrize("text", ["", "a\nb\nc\n", "log\n-1\nAAAA\n", "log\n3\nAAAA\n"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(UnreadableHeadError):
        read_head(text)


def test_a_commitment_opens_to_one_vote_only() -> None:
    said = commitment_to("trams", 1, Choice.AGREE, is_important=False, nonce=NONCES[0])
    others = {
        commitment_to("trams", 1, Choice.DISAGREE, is_important=False, nonce=NONCES[0]),
        commitment_to("trams", 1, Choice.AGREE, is_important=True, nonce=NONCES[0]),
        commitment_to("trams", 2, Choice.AGREE, is_important=False, nonce=NONCES[0]),
        commitment_to("buses", 1, Choice.AGREE, is_important=False, nonce=NONCES[0]),
        commitment_to("trams", 1, Choice.AGREE, is_important=False, nonce=NONCES[1]),
    }
    assert said not in others
    assert len(others) == 5


@pytest.mark.parametrize("opened", [False, True])
def test_a_receipt_comes_through_its_file(*, opened: bool) -> None:
    receipt = make_receipt(opened=opened)
    again = read_receipt(json.dumps(write_receipt(receipt)))
    assert again == receipt
    assert again.holds
    assert again.is_counted(again.votes[0])


def test_the_plain_receipt_does_not_say_how_somebody_voted() -> None:
    written = json.dumps(write_receipt(make_receipt()))
    assert not any(word in written for word in ("agree", "choice", "nonce", NONCES[0].hex()))


def test_a_receipt_does_not_hold_for_another_vote() -> None:
    receipt = make_receipt(opened=True)
    vote = receipt.votes[0]
    forged = (
        replace(vote, commitment=VOTES[1][1]),
        replace(vote, statement=2),
        replace(vote, choice=Choice.DISAGREE),
        replace(vote, is_important=False),
        replace(vote, proofs=(replace(vote.proofs[0], index=4),)),
        replace(vote, proofs=(replace(vote.proofs[0], entry=3),)),
        replace(vote, proofs=()),
    )
    assert not any(replace(receipt, votes=(one,)).holds for one in forged)
    assert not replace(receipt, consultation="buses").holds
    assert not replace(receipt, entries=((receipt.entries[0][0], ()),)).holds


def test_a_receipt_proves_nothing_with_an_entry_that_has_no_list_of_votes() -> None:
    """Whoever runs the log could write any root into an entry of another kind, for nobody looks there."""
    entries = make_log()
    entries[2] = replace(entries[2], kind="answer-given")
    entries[3] = replace(entries[3], previous=entries[2].hash.hex())
    (path,) = inclusion_proofs([entry.hash for entry in entries], [2])
    receipt = replace(make_receipt(), head=head_of(entries), entries=((entries[2], tuple(path)),))
    assert not receipt.holds


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("statement", float("inf")),
        ("statement", 10**30),
        ("statement", -1),
        ("statement", "1"),
        ("consultation", "tra\x00ms"),
        ("consultation", "\ud800"),
        ("consultation", None),
        ("head", head_of(make_log()) + "\n\ud800"),
        ("head", "\ud800" + head_of(make_log())),
    ],
)
def test_a_receipt_with_what_nobody_can_look_up_is_refused(place: str, value: object) -> None:
    written = write_receipt(make_receipt())
    (written["votes"][0] if place == "statement" else written)[place] = value
    with pytest.raises(UnreadableReceiptError):
        read_receipt(json.dumps(written))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"format": "baraza-receipt-1"}', "[" * 100_000, '{"format": 1}']
)
def test_what_is_no_receipt_is_refused(text: str) -> None:
    with pytest.raises(UnreadableReceiptError):
        read_receipt(text)


def test_the_program_finds_nothing_in_a_good_log(tmp_path: Path) -> None:
    entries = make_log()
    log = as_file(tmp_path, entries, head_of(entries))
    saved, listed, receipt = (tmp_path / name for name in ("head.txt", "list.txt", "receipt.json"))
    saved.write_text(head_of(entries[:2]))
    listed.write_text("".join(f"{line}\n" for line in LINES))
    receipt.write_text(json.dumps(write_receipt(make_receipt())))
    status, said = run(log, "--head", saved, "--list", 2, listed, "--receipt", receipt)
    assert (status, said) == (
        0,
        "receipt.json: 1 of 1 votes are among those counted.\n4 entries: nothing wrong.\n",
    )


@pytest.mark.parametrize(
    ("is_counted", "words"),
    [
        (False, "0 of 1 votes are among those counted. The votes are not counted yet."),
        (True, "0 of 1 votes are among those counted. The votes were counted after it was saved: save the"),
    ],
)
def test_the_program_says_when_a_receipt_is_older_than_the_count(
    tmp_path: Path, *, is_counted: bool, words: str
) -> None:
    entries = make_log()[:2]
    for kind in (COMMITTED, COUNTED) if is_counted else (COMMITTED,):
        facts = {"votes": len(LINES), "root": root_of(LINES).hex()}
        last = entries[-1]
        entries.append(replace(last, index=len(entries), kind=kind, facts=facts, previous=last.hash.hex()))
    (path,) = inclusion_proofs([entry.hash for entry in entries[:3]], [2])
    old = replace(make_receipt(), head=head_of(entries[:3]), entries=((entries[2], tuple(path)),))
    receipt = tmp_path / "receipt.json"
    receipt.write_text(json.dumps(write_receipt(old)))
    status, said = run(as_file(tmp_path, entries, head_of(entries)), "--receipt", receipt)
    assert status == 0
    assert words in said


def test_the_program_says_in_words_what_it_cannot_read(tmp_path: Path) -> None:
    entries = make_log()
    log = as_file(tmp_path, entries, head_of(entries))
    broken = tmp_path / "broken.json"
    for text in (
        "no JSON",
        "[]",
        json.dumps({"format": FORMAT}),
        json.dumps({"format": FORMAT, "entries": [{}]}),
    ):
        broken.write_text(text)
        assert_refused(f"{broken} is no file of a log", broken)
    broken.write_bytes(b"\xff")
    assert_refused("cannot be read", broken)
    assert_refused("cannot be read", tmp_path / "nothing.json")
    assert_refused("cannot be read", log, "--receipt", tmp_path / "nothing.json")
    for number in ("999", "-1", "two", "1"):
        assert_refused(f"no entry {number} with a list", log, "--list", number, log)


def assert_refused(words: str, *arguments: object) -> None:
    status, said = run(*arguments)
    assert status == 2
    assert words in said
    assert "Traceback" not in said


def test_the_program_finds_a_log_that_was_written_anew(tmp_path: Path) -> None:
    """Everything in it is in order; only what somebody kept shows that it was another log before."""
    saved = tmp_path / "head.txt"
    saved.write_text(head_of(make_log()))
    anew = make_log()
    anew[1] = replace(anew[1], facts={"by": "hand"})
    for index in (2, 3):
        anew[index] = replace(anew[index], previous=anew[index - 1].hash.hex())
    log = as_file(tmp_path, anew, head_of(anew))
    assert run(log)[0] == 0
    status, said = run(log, "--head", saved)
    assert status == 1
    assert "The head of 4 entries has another root than the log" in said


def test_the_program_finds_a_list_and_a_receipt_that_do_not_belong(tmp_path: Path) -> None:
    entries = make_log()
    log = as_file(tmp_path, entries, head_of(entries))
    listed, receipt = tmp_path / "list.txt", tmp_path / "receipt.json"
    listed.write_text("".join(f"{line}\n" for line in LINES[1:]))
    forged = make_receipt()
    forged = replace(forged, votes=(replace(forged.votes[0], statement=2),))
    receipt.write_text(json.dumps(write_receipt(forged)))
    status, said = run(log, "--list", 2, listed, "--receipt", receipt)
    assert status == 1
    assert "Entry 2 says another root or number" in said
    assert "receipt.json is not proven" in said
