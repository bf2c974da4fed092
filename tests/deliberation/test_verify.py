"""Somebody audits a consultation: does the published result follow from the published votes?"""

from __future__ import annotations

import copy
import io
import json
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from deliberation import package_file
from deliberation.package_file import MANIFEST, PackageError, read_package, write_package
from deliberation.settings import Settings
from deliberation.verify import DIFFERENT, EQUAL, REFUSED, main, verify
from deliberation.vote_matrix import VoteMatrix
from tests.deliberation.planting import planted
from tests.packages import conversation_of, files_of, make_package, report_of
from tests.tools import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from deliberation.polis import Conversation

SETTINGS = Settings(resamples=5)


@pytest.fixture(scope="session")
def trams() -> tuple[dict[str, Any], Conversation]:
    """A report on two groups of people about trams, and their votes."""
    votes, _groups = planted((80, 50), votes=14)
    named = VoteMatrix.from_votes(
        votes.participant_ids[votes.rows] * 7 + 3, votes.statement_ids[votes.columns] * 5 + 11, votes.choices
    )
    report = report_of(named, SETTINGS)
    assert report["analysis"]["number_of_groups"] == 2
    return report, conversation_of(named)


def test_every_published_figure_comes_out_of_the_votes_again(
    trams: tuple[dict[str, Any], Conversation], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = make_package(tmp_path / "trams.zip", *trams)
    assert main([str(package)]) == EQUAL
    said = capsys.readouterr().out
    assert "EQUAL" in said
    assert "votes were counted and analysed again" in said
    assert verify(package).comparison.equal > 500


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("analysis.statements.3.agree.count", 99),
        ("analysis.statements.3.agree.low", 0.123456),
        ("analysis.statements.3.groups.1.disagree.share", 0.9),
        ("analysis.statements.3.common_ground_agree", 0.77),
        ("analysis.statements.3.divisiveness", 0.77),
        ("analysis.groups.0.size", 81),
        ("analysis.groups.0.stability", 0.99),
        ("analysis.stability", 0.99),
        ("analysis.slate.coverage.0", 0.5),
        ("analysis.slate.statement_ids.0", 987),
        ("analysis.evidence.hidden_votes", 1),
        ("analysis.number_of_groups", 3),
        ("analysis.provenance.method", "another"),
        ("participation.voters", 131),
        ("participation.votes_per_voter.median", 99),
        ("participation.pass_rate", 0.5),
        ("participation.seed_statements", 1),
        ("findings.0.measure", 0.9),
    ],
)
def test_a_figure_that_was_dressed_up_is_named(
    trams: tuple[dict[str, Any], Conversation],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    place: str,
    value: object,
) -> None:
    """Whoever publishes a package can also list false figures rightly: their hashes are in order."""
    report, conversation = copy.deepcopy(trams[0]), trams[1]
    *way, last = [int(part) if part.isdecimal() else part for part in place.split(".")]
    target = report
    for step in way:
        target = target[step]
    target[last] = value
    assert main([str(make_package(tmp_path / "trams.zip", report, conversation))]) == DIFFERENT
    said = capsys.readouterr().out
    named = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in (*way, last))
    assert f"DIFFERENT {named.removeprefix('.')}" in said
    assert str(value) in said


def test_a_vote_that_was_changed_shows_in_the_figures(
    trams: tuple[dict[str, Any], Conversation], tmp_path: Path
) -> None:
    report, conversation = trams
    files = files_of(report, conversation)
    votes = "".join(map(str, files["polis/votes.csv"])).splitlines(keepends=True)
    at = next(index for index, line in enumerate(votes) if line.endswith(",1\r\n"))
    votes[at] = votes[at].replace(",1\r\n", ",-1\r\n")
    write_package(tmp_path / "trams.zip", files | {"polis/votes.csv": votes})
    verdict = verify(tmp_path / "trams.zip")
    assert any(each.place.endswith("agree.count") for each in verdict.comparison.differences)


def test_without_votes_what_follows_from_counts_is_checked_and_the_rest_is_said(
    trams: tuple[dict[str, Any], Conversation], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = copy.deepcopy(trams[0])
    assert main([str(make_package(tmp_path / "trams.zip", report, None))]) == EQUAL
    said = capsys.readouterr().out
    assert "No single votes are in it" in said
    assert "the single votes are needed" in said
    statement = report["analysis"]["statements"][2]
    statement["common_ground_agree"] = statement["common_ground"] = 0.9
    statement["disagree"]["high"] += 0.01
    verdict = verify(make_package(tmp_path / "trams.zip", report, None))
    assert {each.place for each in verdict.comparison.differences} == {
        "analysis.statements[2].common_ground_agree",
        "analysis.statements[2].disagree.high",
    }


def test_a_withheld_cell_is_compared_with_nothing(
    trams: tuple[dict[str, Any], Conversation], tmp_path: Path
) -> None:
    report = copy.deepcopy(trams[0])
    report["analysis"]["statements"][4]["groups"] = [None, None]
    hidden = report["analysis"]["statements"][4]["id"]
    for group in report["analysis"]["groups"]:
        group["voices"] = [voice for voice in group["voices"] if voice["statement_id"] != hidden]
    verdict = verify(make_package(tmp_path / "trams.zip", report, trams[1]))
    assert verdict.exit_code == EQUAL
    assert verdict.comparison.withheld == 2


def test_one_byte_is_enough_to_be_refused_by_the_name_of_its_file(
    trams: tuple[dict[str, Any], Conversation], tmp_path: Path
) -> None:
    """Two hundred bytes here and there: each is noticed, or changes nothing that anybody reads."""
    package = make_package(tmp_path / "trams.zip", *trams)
    whole, contents = package.read_bytes(), read_package(package)
    refused = []
    for place in range(17, len(whole), len(whole) // 200):
        altered = bytearray(whole)
        altered[place] ^= 0x10
        package.write_bytes(altered)
        try:
            assert read_package(package) == contents
        except PackageError as error:
            refused.append(str(error))
    assert len(refused) > 190
    assert "polis/votes.csv was altered: it is not what MANIFEST.sha256 lists." in refused


def test_the_name_of_the_altered_file_is_said(
    trams: tuple[dict[str, Any], Conversation], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = make_package(tmp_path / "trams.zip", *trams)
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["polis/votes.csv"] = files["polis/votes.csv"].replace(b",1\r\n", b",0\r\n", 1)
    with zipfile.ZipFile(package, "w") as archive:
        for name, contents in files.items():
            archive.writestr(name, contents)
    assert main([str(package)]) == REFUSED
    assert "polis/votes.csv was altered" in capsys.readouterr().out


def test_the_same_contents_give_the_same_bytes(
    trams: tuple[dict[str, Any], Conversation], tmp_path: Path
) -> None:
    files = files_of(*trams)
    write_package(tmp_path / "one.zip", files)
    write_package(tmp_path / "other.zip", dict(reversed(files.items())))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_the_list_is_one_that_sha256sum_reads(
    trams: tuple[dict[str, Any], Conversation], tmp_path: Path
) -> None:
    with zipfile.ZipFile(make_package(tmp_path / "trams.zip", *trams)) as archive:
        archive.extractall(tmp_path / "open")
    command = ["sha256sum", "--quiet", "--strict", "-c", MANIFEST]
    assert not subprocess.run(command, cwd=tmp_path / "open", check=True, capture_output=True).stdout  # noqa: S603 - a fixed command


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in files.items():
            archive.writestr(name.replace("__", "/"), contents)
    return target.getvalue()


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        (b"", "no ZIP file"),
        (b"PK\x03\x04 nonsense", "no ZIP file"),
        (zipped(notes=b"hello"), f"no {MANIFEST}"),
        (zipped(**{MANIFEST: b"", "report.json": b"{}"}), "was altered"),
        (zipped(**{MANIFEST: b"\xff\xfe", "report.json": b"{}"}), "was altered"),
        (
            zipped(**{MANIFEST: b"0" * 64 + b"  report.json\n", "report.json": b"{}"}),
            "report.json was altered",
        ),
        (zipped(**{MANIFEST: b"0" * 64 + b"  report.json\n"}), "report.json is missing"),
        (zipped(**{MANIFEST: b"0" * 64 + b"  a\n", "b": b""}), "a is missing"),
        (zipped(**{"..__etc": b""}), "no name"),
        (zipped(**{f"f{number}": b"" for number in range(300)}), "300 files"),
    ],
)
def test_what_is_no_package_is_refused_in_plain_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], contents: bytes, words: str
) -> None:
    (tmp_path / "odd.zip").write_bytes(contents)
    assert main([str(tmp_path / "odd.zip")]) == REFUSED
    assert words in capsys.readouterr().out


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A megabyte of zeros takes a kilobyte; with smaller limits the same happens as with a terabyte."""
    monkeypatch.setattr(package_file, "MOST_BYTES", 3_000_000)
    monkeypatch.setattr(package_file, "MOST_BYTES_OF_A_FILE", 2_000_000)
    write_package(tmp_path / "one.zip", {"zeros": [bytes(2_000_001)]})
    with pytest.raises(PackageError, match="zeros would be larger"):
        read_package(tmp_path / "one.zip")
    write_package(tmp_path / "many.zip", {f"zeros{number}": [bytes(1_000_000)] for number in range(4)})
    with pytest.raises(PackageError, match="larger than any package"):
        read_package(tmp_path / "many.zip")


@pytest.mark.parametrize(
    "report",
    [
        "{}",
        "[]",
        "{",
        "[" * 100_000,
        '{"analysis": {}}',
        '{"analysis": {"provenance": {"settings": {"seed": "x"}}}}',
    ],
)
def test_a_report_that_is_none_is_refused(tmp_path: Path, report: str) -> None:
    write_package(tmp_path / "odd.zip", {"report.json": [report]})
    with pytest.raises(PackageError, match=r"report\.json"):
        verify(tmp_path / "odd.zip")


def test_a_package_cannot_keep_a_computer_busy_for_days(
    trams: tuple[dict[str, Any], Conversation], tmp_path: Path
) -> None:
    report = copy.deepcopy(trams[0])
    report["analysis"]["provenance"]["settings"]["resamples"] = 10**9
    with pytest.raises(PackageError, match="more than this method"):
        verify(make_package(tmp_path / "trams.zip", report, trams[1]))


def test_it_runs_as_a_command_without_any_web_code(
    trams: tuple[dict[str, Any], Conversation], tmp_path: Path
) -> None:
    package = make_package(tmp_path / "trams.zip", *trams)
    watch = (
        "import sys, json; from deliberation.verify import main; code = main([sys.argv[1]]);"
        "print(json.dumps([code, sorted({'flask', 'sqlalchemy', 'participation'} & set(sys.modules))]))"
    )
    result = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", watch, package], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(result.stdout.splitlines()[-1]) == [EQUAL, []]
    command = [sys.executable, "-m", "deliberation.verify"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == REFUSED  # noqa: S603
