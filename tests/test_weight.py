"""A promise to people on slow and costly connections: the first vote page is small, each further vote tiny."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from participation.votes.queries import TURNS_AHEAD
from tests.builders import make_consultation
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

FIRST_PAGE_IN_BYTES = 30_000
A_VOTE_IN_BYTES = 2_000
# Over https browsers also take Brotli, which is a little smaller still.
COMPRESSED = {"Accept-Encoding": "gzip"}
EVERYTHING_LOADED = "link[rel=stylesheet], link[rel=icon], script[src], img[src], use[href]"
URL_IN_A_STYLE_SHEET = re.compile(r"""url\(["']?([^"')]+)""")


@pytest.fixture
def slug(town: Flask) -> str:
    with town.app_context():
        return make_consultation(languages=("en", "fr", "ar")).slug


def test_the_first_vote_page_with_all_it_loads(
    town: Flask, slug: str, capsys: pytest.CaptureFixture[str]
) -> None:
    amina = Citizen(town)
    address = f"/en/c/{slug}/vote"
    weights = {address: weight_of(amina.client.get(address, headers=COMPRESSED))}
    waiting = [
        urljoin(address, str(element.get("href") or element["src"]))
        for element in amina.opens(f"/c/{slug}/vote").html.select(EVERYTHING_LOADED)
    ]
    while waiting:
        file = waiting.pop()
        with amina.client.get(file, headers=COMPRESSED) as answer:
            assert answer.status_code == 200, f"{file} is missing"
            weights[file] = weight_of(answer)
            if answer.mimetype == "text/css":
                waiting += [urljoin(file, url) for url in URL_IN_A_STYLE_SHEET.findall(text_of(answer))]
    total = sum(weights.values())
    with capsys.disabled():
        print(f"\nThe first vote page weighs {total:,} bytes compressed, in {len(weights)} files.")  # noqa: T201 - the figure that people ask for
    assert total < FIRST_PAGE_IN_BYTES, weights


def test_the_answer_to_a_vote(town: Flask, slug: str) -> None:
    amina = Citizen(town)
    vote = {
        "csrf_token": amina.token(),
        "choice": "1",
        "statement": amina.sees_card(slug).hidden("statement"),
    }
    answer = amina.client.post(f"/en/c/{slug}/votes", data=vote, headers={"X-Card": "1"} | COMPRESSED)
    assert answer.status_code == 200
    assert weight_of(answer) < A_VOTE_IN_BYTES


def test_the_cards_fetched_ahead_weigh_no_more_than_one_vote_each(town: Flask) -> None:
    with town.app_context():
        seeds = [f"{number}: {'a statement as long as a statement may be ' * 3}"[:140] for number in range(9)]
        slug = make_consultation(seeds=seeds).slug
    amina = Citizen(town)
    statement = amina.sees_card(slug).hidden("statement")
    answer = amina.client.get(f"/en/c/{slug}/vote/ahead?statement={statement}", headers=COMPRESSED)
    assert text_of(answer).count("<template>") == TURNS_AHEAD
    assert weight_of(answer) < A_VOTE_IN_BYTES


def weight_of(answer: TestResponse) -> int:
    return len(answer.data)


def text_of(answer: TestResponse) -> str:
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(answer.data) if packed else answer.data).decode()
