"""What facilitators write becomes HTML that is safe, linkable and explains its words."""

from __future__ import annotations

import pytest

from participation.prose import Glossary, Term, first_and_rest, from_markdown

SCORE = Term(("score", "risk score", "scores"), "A number from 0 to 100.")
WORKER = Term(("case worker",), "Somebody who reads applications.")


def test_a_word_is_explained_where_it_stands_the_first_time_only() -> None:
    html = from_markdown("A score is given. The scores are kept.", Glossary([SCORE]))
    assert html == (
        '<div>A <details class="term"><summary>score</summary>'
        '<span class="term__text">A number from 0 to 100.</span></details> is given. The scores are kept.</div>\n'
    )


def test_one_page_explains_a_word_once_though_it_has_many_texts() -> None:
    glossary = Glossary([SCORE, WORKER])
    assert "<details" in from_markdown("The Score.", glossary)
    second = from_markdown("The score and the case worker.", glossary)
    assert second.count("<details") == 1
    assert "<summary>case worker</summary>" in second
    assert not list(glossary)


def test_the_longest_form_wins_and_parts_of_words_do_not_count() -> None:
    assert "<summary>risk score</summary>" in from_markdown("A risk score.", Glossary([SCORE]))
    assert "<details" not in from_markdown("Scoreboards and underscore.", Glossary([SCORE]))


def test_a_mark_belongs_to_its_letter() -> None:
    """Arabic writes an ending as a mark on the last letter: a word is not cut before it."""
    word = Term(("نموذج",), "حساب.")
    assert "<details" not in from_markdown("نموذجًا", Glossary([word]))
    assert "<summary>نموذج</summary>" in from_markdown("هذا نموذج، جديد.", Glossary([word]))


@pytest.mark.parametrize("text", ["## score", "[score](https://a.example)", "**score**", "`score`"])
def test_headings_links_and_emphasis_stay_as_they_are(text: str) -> None:
    assert "<details" not in from_markdown(text, Glossary([SCORE]))


def test_nothing_that_is_explained_can_become_html() -> None:
    evil = Glossary([Term(("a<b",), "<script>alert(1)</script>")])
    html = from_markdown("See a<b here. <script>x</script>", evil)
    assert "<script" not in html
    assert "<summary>a&lt;b</summary>" in html


def test_a_word_in_a_short_list_is_explained_too() -> None:
    html = from_markdown("- a score\n- a file\n", Glossary([SCORE]))
    assert html.startswith("<ul>\n<li>")
    assert "<summary>score</summary>" in html


def test_headings_can_be_linked_to_and_start_below_the_page() -> None:
    html = from_markdown("# One\n\n## Two", ids="part", top=3)
    assert '<h3 id="part-1"><a href="#part-1" class="self-link">One</a></h3>' in html
    assert '<h3 id="part-2">' in html


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("## What\n\nOne.\nTwo.\n\n## Why\n\nThree.", "One.\nTwo.", "## Why\n\nThree."),
        ("Only one.", "Only one.", ""),
        ("", "", ""),
    ],
)
def test_the_first_paragraph_is_read_by_itself(text: str, first: str, rest: str) -> None:
    assert first_and_rest(text) == (first, rest)
