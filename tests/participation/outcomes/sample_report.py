"""A report by hand: every kind of block, every language of the site, and what nobody wants to find in one."""

from __future__ import annotations

from typing import Any

from participation.i18n import LANGUAGES
from participation.outcomes.blocks import (
    Block,
    Heading,
    Limit,
    OpinionMap,
    Paragraph,
    Points,
    Quoted,
    Reference,
    Split,
    Table,
    Written,
    as_json,
)

STATEMENTS = {
    "ar": "يجب أن يقرر إنسان في النهاية، لا النموذج.",
    "de": "Am Ende muss ein Mensch entscheiden, nicht die Rindfleischetikettierungsüberwachungsaufgabe.",
    "en": "A person should decide in the end, not the model.",
    "es": "Al final debe decidir una persona, no el modelo. ¿Quién, si no?",
    "fr": "À la fin, c’est une personne qui doit décider, pas le modèle : « toujours » !",  # noqa: RUF001 - French
    "hi": "अंत में निर्णय किसी व्यक्ति को लेना चाहिए, मॉडल को नहीं। क्षमता, ज्ञान, श्रद्धा और द्वंद्व।",
    "it": "Alla fine deve decidere una persona, non il modello. È così.",
    "sw": "Mwishowe mtu ndiye anayepaswa kuamua, si modeli.",
    "sl": "Na koncu mora odločiti človek, ne model. Češčina, žaba, čmrlj.",
    "fi": "Lopulta päättäköön ihminen, ei malli. Epäjärjestelmällisyydestäänköhän?",
    "sv": "Till sist ska en människa bestämma, inte modellen. Åäö.",
}

#: What must come out as the plain text that it is.
HOSTILE = (
    '#read("/etc/passwd") #panic("no") $x^2$ *not bold* _nor italic_ @statement-1 <statement-1> \\ // gone?',
    "=1+1",
    '+HYPERLINK("https://evil.example")',
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "Turned \u202eround\u202c and \u2066isolated\u2069",
    "x" * 400,
    "https://a.very.long.example/" + "segment/" * 40,
    "Emoji \U0001f600\U0001f469\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f \u26a0",
    "漢字 தமிழ் ⵜⴰⵎⴰⵣⵉⵖⵜ",
    "<script>alert(1)</script> &amp; \x00\x07",
    "क्षत्रिय" * 40,
    "e\u0301" * 5 + "a" + "\u0301" * 60,
    "क्ष्म्य ज्ञ श्र त्र द्ध ङ्क ह्म र्क कि की ₹ १२३",
    "لا إله مُحَمَّد ١٢٣ abc 123 (قوس)",
)


def facts() -> dict[str, Any]:
    """What the sections speak of: as much as the tables and the schema need."""
    tags = list(STATEMENTS)
    statements = [
        {
            "id": 1000 + place,
            "number": place,
            "state": "published",
            "is_seed": place < 4,
            "is_meta": False,
            "original": tag,
            "texts": {tag: {"text": text, "origin": "author", "is_checked": True}},
            "important_to": None if place == 2 else 7,
        }
        for place, (tag, text) in enumerate([*STATEMENTS.items(), *(("en", text) for text in HOSTILE[:6])], 1)
    ]
    assert len(statements) > len(tags)
    return {
        "schema_version": "1",
        "consultation": {
            "slug": "welfare",
            "languages": tags,
            "main_language": "en",
            "texts": {"en": {"title": "Should a model decide whose application is checked first?"}},
            "opens_at": "2026-10-01T00:00:00+00:00",
            "closes_at": "2026-11-01T00:00:00+00:00",
            "organisation": "Jamii County Council",
        },
        "dossier": None,
        "participation": {"voters": 412},
        "analysis": {
            "groups": [{"id": 0, "size": 210}, {"id": 1, "size": 190}],
            "statements": [
                {
                    "id": statement["id"],
                    **tally(412),
                    "groups": [tally(210), None if statement["number"] == 2 else tally(190)],
                }
                for statement in statements
            ],
        },
        "statements": statements,
        "moderation": {},
        "method": {},
        "findings": [{"number": 1, "kind": "shared agreement", "statement_id": 1001}],
    }


def tally(votes: int) -> dict[str, Any]:
    counts = {"agree": votes // 2, "disagree": votes // 4, "pass": votes - votes // 2 - votes // 4}
    shares = {
        choice: {"count": count, "total": votes, "share": count / votes, "low": 0.0, "high": 1.0}
        for choice, count in counts.items()
    }
    return {"votes": votes, **shares}


MARKDOWN = """## Why we ask

The *city* wants **fewer errors**, see [the law](https://law.example/a?b=c&d=e) and not [this](javascript:alert(1)).

1. first
2. second
   - with `#read("/etc/passwd")` inside
   - and <b>no HTML</b>

> A quotation.

| Year | Errors |
|------|-------:|
| 2024 | =1+1 |

~~gone~~

    #panic("code")
"""


def words(*languages: str, statements: int = 12) -> dict[str, Any]:
    """What `Report.words` holds."""
    return {language: words_in(language, statements) for language in languages or LANGUAGES}


def words_in(language: str, statements: int = 12) -> dict[str, Any]:
    sections = (
        ("summary", "In short", list(_summary(language))),
        ("mandate", "Who asked, and what for", [Written(MARKDOWN, "Jamii County Council", language)]),
        ("map", "How opinions lie", list(_pictures(language))),
        (
            "hostile",
            "What people also wrote",
            [Quoted(100 + place, text, "en") for place, text in enumerate(HOSTILE)],
        ),
        ("statements", "All statements", [_all_statements(language, statements)]),
        (
            "sources",
            "Sources",
            [Reference("The dossier, version 1", "https://baraza.example/d/welfare/versions/1", "ab" * 32)],
        ),
    )
    return {
        "title": {"ar": "هل ينبغي لنموذج أن يرتب الطلبات؟", "hi": "क्या कोई मॉडल आवेदनों को क्रम में रखे?"}.get(
            language, "Should a model decide whose application is checked first?"
        ),
        "version": "Version 1 of 24 November 2026",
        "direction": LANGUAGES[language].direction,
        "sections": [
            {"key": key, "number": number, "title": title, "blocks": [as_json(block) for block in blocks]}
            for number, (key, title, blocks) in enumerate(sections)
        ],
    }


def _summary(language: str) -> list[Block]:
    text = STATEMENTS[language]
    return [
        Paragraph(
            "412 people voted on 38 statements. All groups agree that a person should decide in the end.",
            (1, 2),
        ),
        Heading("What all groups share"),
        Points((Paragraph(text, (1,)), Paragraph("Errors should be published.", (2, 999)))),
        *(
            Quoted(place, text, tag, "" if tag == language else "Translated by a person")
            for place, (tag, text) in enumerate(STATEMENTS.items(), 1)
        ),
        Limit(
            "Those who took part chose to. The numbers do not show what share of the population thinks so."
        ),
        Limit("Group C has few people; its numbers are uncertain."),
    ]


def _pictures(language: str) -> list[Block]:
    points = tuple(((i * 37 % 101) / 25 - 2, (i * 53 % 97) / 25 - 2, (None, 0, 1)[i % 3]) for i in range(300))
    rows = (
        ("Everyone", 0.62, 0.2, 0.18, 412),
        ("Group A", 0.9, 0.05, 0.05, 210),
        ("Group B", 0.0, 1.0, 0.0, 190),
        ("Group C", None, None, None, None),
    )
    return [
        OpinionMap(
            "The map of opinions",
            "Two groups stand apart: A to the left, B to the right.",
            points,
            ("A", "B"),
        ),
        Split(1, STATEMENTS[language], rows),
    ]


def _all_statements(language: str, count: int) -> Table:
    tags = list(STATEMENTS)
    rows = tuple(
        (
            number,
            STATEMENTS[tags[number % len(tags)]],
            1234 * number,
            number % 11 / 10,
            None if number % 4 == 0 else 0.25,
            -number,
        )
        for number in range(1, count + 1)
    )
    return Table(
        "Every statement and its votes",
        ("Number", STATEMENTS[language][:20], "Votes", "Agree", "Agree in group B", "Difference"),
        rows,
        (3, 4),
        0,
        "Shares are of votes cast.",
    )
