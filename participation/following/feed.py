"""News as an Atom feed (RFC 4287), for feed readers and for other sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence

ATOM = "http://www.w3.org/2005/Atom"
MIMETYPE = "application/atom+xml"
NEWEST = 50
# A feed must say when it changed last, also one in which nothing has happened yet.
BEFORE_ALL = datetime(2026, 1, 1, tzinfo=UTC)
# Elements that stand in XML's own namespace carry this prefix without declaring it.
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

ET.register_namespace("", ATOM)


@dataclass(frozen=True)
class Entry:
    """One piece of news. `id` is for ever: readers tell by it what they have shown."""

    id: str
    title: str
    text: str
    url: str
    at: datetime


def feed_of(
    entries: Sequence[Entry], *, title: str, author: str, language: str, self_url: str, page_url: str
) -> bytes:
    """The feed as XML, the newest entry first.

    Args:
        entries: in any order.
        title: of the feed.
        author: who writes it; the name of the site.
        language: BCP 47 tag of its sentences.
        self_url: where the feed itself is; also its id.
        page_url: the page it belongs to.

    """
    newest = sorted(entries, key=lambda entry: (entry.at, entry.id), reverse=True)[:NEWEST]
    feed = ET.Element(_name("feed"), {LANGUAGE: language})
    _text(feed, "id", self_url)
    _text(feed, "title", title)
    _text(feed, "updated", _moment(newest[0].at if newest else BEFORE_ALL))
    _text(ET.SubElement(feed, _name("author")), "name", author)
    _link(feed, "self", self_url, MIMETYPE)
    _link(feed, "alternate", page_url, "text/html")
    for entry in newest:
        element = ET.SubElement(feed, _name("entry"))
        _text(element, "id", entry.id)
        _text(element, "title", entry.title)
        _text(element, "published", _moment(entry.at))
        _text(element, "updated", _moment(entry.at))
        _text(element, "summary", entry.text)
        _link(element, "alternate", entry.url, "text/html")
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _name(local: str) -> str:
    return f"{{{ATOM}}}{local}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _name(name)).text = text


def _link(parent: ET.Element, relation: str, url: str, mimetype: str) -> None:
    ET.SubElement(parent, _name("link"), {"rel": relation, "href": url, "type": mimetype})


def _moment(moment: datetime) -> str:
    """RFC 3339, in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
