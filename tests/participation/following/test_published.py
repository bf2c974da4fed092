"""News as a feed and dates as a calendar file: read here as strictly as the worst of programs does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import icalendar
import pytest

from participation.database import db, now
from participation.following.calendar import Appointment, calendar_of
from participation.following.feed import NEWEST, Entry, feed_of
from participation.following.timeline import SOURCES, Kind, Known, events_from
from participation.following.words import WORDS
from participation.i18n import LANGUAGES
from participation.jobs.worker import WorkerProcess
from tests.builders import make_consultation, move_closing
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from participation.consultations.models import Consultation

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# RFC 4151, and a URL.
ID = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:\S+|https?://\S+")
# Of each element of RFC 4287, how often each child must stand in it: at least and at most.
FEED = {
    "id": (1, 1),
    "title": (1, 1),
    "updated": (1, 1),
    "author": (1, 9),
    "link": (2, 2),
    "entry": (0, NEWEST),
}
ENTRY = {
    "id": (1, 1),
    "title": (1, 1),
    "updated": (1, 1),
    "published": (0, 1),
    "summary": (0, 1),
    "link": (1, 1),
}
SOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


def strictly_read(xml: bytes) -> ET.Element:
    """The feed, if it keeps RFC 4287."""
    feed = ET.fromstring(xml)  # noqa: S314 - we wrote it
    assert feed.tag == f"{ATOM}feed"
    _has_children(feed, FEED)
    for entry in feed.findall(f"{ATOM}entry"):
        _has_children(entry, ENTRY)
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert all(ID.fullmatch(str(id_)) for id_ in ids)
    assert len(set(ids)) == len(ids), "every entry has an id of its own"
    for name in ("updated", "published"):
        for element in feed.iter(f"{ATOM}{name}"):
            assert RFC_3339.fullmatch(str(element.text))
    for link in feed.iter(f"{ATOM}link"):
        assert urlsplit(link.attrib["href"]).scheme in {"http", "https"}
    return feed


def _has_children(element: ET.Element, allowed: dict[str, tuple[int, int]]) -> None:
    names = [child.tag.removeprefix(ATOM) for child in element]
    assert set(names) <= set(allowed)
    for name, (least, most) in allowed.items():
        assert least <= names.count(name) <= most, f"{names.count(name)} of {name}"


def texts(feed: ET.Element, path: str) -> list[str]:
    return [
        str(element.text) for element in feed.findall("/".join(f"{ATOM}{part}" for part in path.split("/")))
    ]


def test_the_feed_of_a_consultation_tells_what_has_happened(
    app: Flask, client: FlaskClient, consultation: Consultation
) -> None:
    answer = client.get(f"/en/c/{consultation.slug}/feed.atom")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = strictly_read(answer.data)
    assert feed.attrib[XML_LANGUAGE] == "en"
    assert texts(feed, "entry/title") == ["You can take part now: Should a model rank applications? (en)"]
    links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith(f"/en/c/{consultation.slug}/feed.atom")
    assert client.get(links["alternate"]).status_code == 200

    with app.app_context():
        move_closing(consultation := db.session.merge(consultation), now() - timedelta(minutes=2))
        WorkerProcess(app).do_what_is_due()
    later = strictly_read(client.get(f"/en/c/{consultation.slug}/feed.atom").data)
    assert [title.partition(":")[0] for title in texts(later, "entry/title")] == [
        "The outcome is there",
        "The consultation is closed",
        "You can take part now",
    ]
    assert texts(later, "entry/id")[-1] == texts(feed, "entry/id")[0], "an id stays the same for ever"
    assert texts(later, "updated") == texts(later, "entry/updated")[:1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_feed(client: FlaskClient, consultation: Consultation, language: str) -> None:
    for path in (f"/{language}/c/{consultation.slug}/feed.atom", f"/{language}/feed.atom"):
        feed = strictly_read(client.get(path).data)
        assert feed.attrib[XML_LANGUAGE] == language
        assert all(id_.endswith(f"/{language}") for id_ in texts(feed, "entry/id"))


def test_the_feed_of_the_site_leaves_drafts_out(app: Flask, client: FlaskClient) -> None:
    empty = strictly_read(client.get("/en/feed.atom").data)
    assert texts(empty, "entry/id") == []
    with app.app_context():
        ahead = make_consultation(opens_in=timedelta(days=2))
        draft = make_consultation(published=False)
    feed = strictly_read(client.get("/en/feed.atom").data)
    assert [id_.split(":")[2] for id_ in texts(feed, "entry/id")] == [f"{ahead.slug}/announced/en"]
    assert client.get(f"/en/c/{draft.slug}/feed.atom").status_code == 404
    assert client.get(f"/en/c/{draft.slug}/calendar.ics").status_code == 404


def test_a_feed_survives_what_people_write(
    app: Flask, client: FlaskClient, consultation: Consultation
) -> None:
    hostile = "<script>alert(1)</script> & ]]> \u200f\u0639"
    with app.app_context():
        db.session.merge(consultation).texts["en"].title = hostile
        db.session.commit()
    feed = strictly_read(client.get(f"/en/c/{consultation.slug}/feed.atom").data)
    assert texts(feed, "title") == [hostile]


def test_a_feed_holds_the_newest_and_is_the_same_in_every_order() -> None:
    entries = [
        Entry(
            f"tag:here,2030-01-01:{number}",
            "News",
            "Text",
            "https://here.example/",
            SOON + timedelta(days=number),
        )
        for number in range(NEWEST + 5)
    ]
    about = {
        "title": "T",
        "author": "A",
        "language": "en",
        "self_url": "https://h.example/f",
        "page_url": "https://h.example/",
    }
    xml = feed_of(entries, **about)
    assert xml == feed_of(entries[::-1], **about)
    feed = strictly_read(xml)
    assert texts(feed, "entry/id") == [entry.id for entry in entries[:4:-1]]
    assert texts(feed, "entry/published")[0] == "2030-02-24T12:00:00Z"


def test_who_has_the_feed_already_gets_a_line(client: FlaskClient, consultation: Consultation) -> None:
    path = f"/en/c/{consultation.slug}/feed.atom"
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_pages_say_where_the_feed_is(app: Flask, consultation: Consultation) -> None:
    amina = Citizen(app)
    for path in ("/", f"/c/{consultation.slug}"):
        link = amina.opens(path).html.select_one('link[rel=alternate][type="application/atom+xml"]')
        assert link
        strictly_read(amina.client.get(link["href"]).data)


def test_the_calendar_has_the_first_and_the_last_moment(
    client: FlaskClient, consultation: Consultation
) -> None:
    answer = client.get(f"/en/c/{consultation.slug}/calendar.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n")), "RFC 5545, 3.1"
    calendar = icalendar.Calendar.from_ical(answer.data)
    assert not calendar.errors
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    closing = events[f"{consultation.slug}-closed@localhost"]
    assert closing.decoded("dtstart") == consultation.closes_at.replace(microsecond=0)
    assert b"Z" in closing["dtstart"].to_ical(), "in UTC, which every calendar understands"
    assert events.keys() == {f"{consultation.slug}-{name}@localhost" for name in ("opened", "closed")}
    arabic = icalendar.Calendar.from_ical(client.get(f"/ar/c/{consultation.slug}/calendar.ics").data)
    assert {str(event["uid"]) for event in arabic.walk("VEVENT")} == set(events), "the same dates"
    assert closing["summary"].params["LANGUAGE"] == "en"


def test_a_moved_date_replaces_the_old_one(
    app: Flask, client: FlaskClient, consultation: Consultation
) -> None:
    path = f"/en/c/{consultation.slug}/calendar.ics"
    before = icalendar.Calendar.from_ical(client.get(path).data).walk("VEVENT")[-1]
    with app.app_context():
        move_closing(db.session.merge(consultation), now() + timedelta(days=30))
    after = icalendar.Calendar.from_ical(client.get(path).data).walk("VEVENT")[-1]
    assert before["uid"] == after["uid"]
    assert before["sequence"] == after["sequence"]
    assert before.decoded("dtstamp") <= after.decoded("dtstamp")
    assert before.decoded("dtstart") < after.decoded("dtstart")


def test_a_date_without_a_time_is_a_whole_day() -> None:
    answer = Appointment(
        "w-answer@here",
        "The authority answers; at last, \\ today",
        "By\nthis day.",
        "https://h.example/",
        SOON,
        whole_day=True,
    )
    ics = calendar_of([answer], name="N", language="en", made_at=SOON)
    (event,) = icalendar.Calendar.from_ical(ics).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2030, 1, 1), date(2030, 1, 2))
    assert (event["summary"], event["description"]) == (answer.title, answer.text)


def test_every_kind_of_event_has_words_and_a_source() -> None:
    assert set(WORDS) == set(Kind)
    # The report and its corrections come from one source.
    assert len(SOURCES) == len(Kind) - 1


def test_a_short_consultation_has_no_reminder_and_a_late_one_opens_when_it_is_published(app: Flask) -> None:
    with app.app_context():
        short = make_consultation(opens_in=timedelta(days=-1), closes_in=timedelta(days=2))
    events = events_from(
        Known(short, short.opens_at + timedelta(hours=3), short.closes_at, has_outcome=False)
    )
    assert [(event.kind, event.at) for event in events] == [
        (Kind.OPENED, short.opens_at + timedelta(hours=3)),
        (Kind.CLOSED, short.closes_at),
    ]
