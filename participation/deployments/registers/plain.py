"""HTML from another register as our own text: paragraphs, lists, emphasis and links in Markdown, nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# A tag that HTML has, or a character written as HTML writes it. "a < b" is neither.
MARKUP = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|strong|em|b|i|u|a|h[1-6]|table|t[hdr]|tbody|thead|sup|sub|blockquote)\b[^>]*>"
    r"|&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,6});",
    re.IGNORECASE,
)
# Not the no-break space, which French writes before some marks.
SPACES = re.compile(r"[ \t\r\n\f]+")
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
BLOCKS = {"p", "div", "ul", "ol", "blockquote", "table", *(f"h{level}" for level in range(1, 7))}
UNSEEN = {"script", "style"}
WEB = ("http://", "https://", "mailto:")


def plain(text: str) -> str:
    """The text without markup; as it is if it has none."""
    if not MARKUP.search(text):
        return text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Writes down what it is fed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._written: list[str] = []
        #: For each open list the number of its next thing; None where things have no number.
        self._lists: list[int | None] = []
        self._links: list[str | None] = []
        self._unseen = 0

    def text(self) -> str:
        """What was fed, with one empty line between paragraphs at most."""
        lines = [line.rstrip() for line in "".join(self._written).split("\n")]
        # Emphasis round nothing is two stars.
        bare = re.sub(r"\*\*\s*\*\*", "", "\n".join(lines))
        return re.sub(r"\n{3,}", "\n\n", bare).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag in {"ul", "ol"}:
            self._written.append("\n" if self._lists else "\n\n")
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._written.append(f"\n{'  ' * (len(self._lists) - 1)}{self._bullet()} ")
        elif tag in BLOCKS:
            self._written.append("" if self._lists else "\n\n")
        elif tag in {"br", "tr"}:
            self._written.append("\n")
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self._links.append(address if address.startswith(WEB) else None)
            self._written.append("[" if self._links[-1] else "")
        else:
            self._written.append(MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
            self._written.append("" if self._lists else "\n\n")
        elif tag in BLOCKS:
            self._written.append("" if self._lists else "\n\n")
        elif tag in {"td", "th"}:
            self._written.append(" ")
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._written.append(f"]({address})" if address else "")
        else:
            self._written.append(MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._written.append(SPACES.sub(" ", data))

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "-"
        self._lists[-1] += 1
        return f"{self._lists[-1] - 1}."
