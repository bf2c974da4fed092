"""Markdown as HTML, with headings that can be linked to and words that explain themselves where they stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# No HTML, no images: what is written can only become paragraphs, headings, lists, emphasis and links.
markdown = MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")


@dataclass(frozen=True)
class Term:
    """A word, the forms in which it stands in texts, and what it means."""

    forms: tuple[str, ...]
    explanation: str


class Glossary:
    """Words to explain on one page, each the first time that it is met there: it forgets those it has found."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._by_form = {form.casefold(): term for term in terms for form in term.forms if form}
        self._look_for()

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_form)

    def take(self, text: str) -> tuple[int, int, Term] | None:
        """Where the first word to explain begins and ends in a text, and what it means."""
        for match in self._pattern.finditer(text) if self._by_form else ():
            if _is_part_of_a_word(text[match.end() : match.end() + 1]):
                continue
            term = self._by_form[match[0].casefold()]
            self._by_form = {form: other for form, other in self._by_form.items() if other is not term}
            self._look_for()
            return match.start(), match.end(), term
        return None

    def _look_for(self) -> None:
        # The longest first: "risk score" is not a "risk" with a "score" behind it.
        forms = sorted(map(re.escape, self._by_form), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(forms)})", re.IGNORECASE)


def from_markdown(text: str, glossary: Glossary | None = None, ids: str = "", top: int = 2) -> Markup:
    """Facilitators' Markdown as HTML. Headings start below the page's own.

    Args:
        text: Markdown without HTML.
        glossary: words to explain in paragraphs, outside links and emphasis.
        ids: how the addresses of headings begin; without it they have none.
        top: the level of the highest headings.

    """
    tokens = markdown.parse(text)
    headings = 0
    for place, token in enumerate(tokens):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(max(int(token.tag[1]), 2) + top - 2, 6)}"
        if token.type == "heading_open" and ids:
            headings += 1
            token.attrSet("id", f"{ids}-{headings}")
            _link_to_itself(tokens[place + 1], f"#{ids}-{headings}")
        if token.type == "inline" and tokens[place - 1].type == "paragraph_open" and glossary:
            _explain(tokens[place - 1 : place + 2], glossary)
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 - the renderer escapes; no HTML passes


def first_and_rest(text: str) -> tuple[str, str]:
    """The Markdown of the first paragraph, and of what follows. A heading before it belongs to neither."""
    paragraphs = (token.map for token in markdown.parse(text) if token.type == "paragraph_open")
    start, end = next(paragraphs, None) or (0, 0)
    lines = text.split("\n")
    return "\n".join(lines[start:end]), "\n".join(lines[end:]).strip()


def _link_to_itself(inline: Token, address: str) -> None:
    children = inline.children or []
    if not any(child.type == "link_open" for child in children):
        opening = Token("link_open", "a", 1, attrs={"href": address, "class": "self-link"})
        inline.children = [opening, *children, Token("link_close", "a", -1)]


def _explain(paragraph: Sequence[Token], glossary: Glossary) -> None:
    opening, inline, closing = paragraph
    children = [part for child in _with_depth(inline.children or []) for part in _marked(*child, glossary)]
    if len(children) > len(inline.children or []):
        # A word that opens may not stand in a p: the browser would end the paragraph before it.
        opening.tag = closing.tag = "div"
        opening.hidden = closing.hidden = False
    inline.children = children


def _with_depth(children: Iterable[Token]) -> Iterator[tuple[Token, int]]:
    depth = 0
    for child in children:
        depth += child.nesting
        yield child, depth


def _marked(token: Token, depth: int, glossary: Glossary) -> Iterator[Token]:
    while token.type == "text" and not depth and (found := glossary.take(token.content)):
        start, end, term = found
        yield Token("text", "", 0, content=token.content[:start])
        yield Token("html_inline", "", 0, content=_details(token.content[start:end], term))
        token = Token("text", "", 0, content=token.content[end:])
    yield token


def _details(word: str, term: Term) -> str:
    return (
        f'<details class="term"><summary>{escape(word)}</summary>'
        f'<span class="term__text">{escape(term.explanation)}</span></details>'
    )


def _is_part_of_a_word(character: str) -> bool:
    """Letters, digits and the marks that belong to the letter before them."""
    return bool(character) and unicodedata.category(character)[0] in "LMN"
