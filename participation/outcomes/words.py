"""What a report says in each language: its sections in their order, as they are frozen with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.formatting import number
from participation.i18n import LANGUAGES, direction_of, speaking
from participation.outcomes.blocks import Written, as_json
from participation.outcomes.facts import languages_in
from participation.outcomes.reading import Reading
from participation.outcomes.sections import SECTIONS, WRITABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts
    from participation.outcomes.sections import Section

Words = dict[str, Any]


def words_of(facts: Facts) -> dict[str, Words]:
    """By language, the title and the sections. Asks the database nothing."""
    return {tag: words_in(facts, tag) for tag in languages_in(facts, LANGUAGES)}


def words_in(facts: Facts, language: str) -> Words:
    with speaking(language):
        return {
            "title": _title(facts, language),
            "version": _version(facts, language),
            "direction": direction_of(language),
            "sections": [
                {
                    "key": section.KEY,
                    "number": place,
                    "title": section.title(),
                    "blocks": [as_json(block) for block in _blocks(section, facts, language)],
                }
                for place, section in enumerate(SECTIONS)
            ],
        }


def _title(facts: Facts, language: str) -> str:
    texts, main = facts["consultation"]["texts"], facts["consultation"]["main_language"]
    return str(_("Report: %(title)s", title=texts[language if language in texts else main]["title"]))


def _version(facts: Facts, language: str) -> str:
    """Of a draft, that it is one."""
    version = facts.get("version")
    if version is None:
        return str(_("Draft, not published"))
    return str(
        _(
            "Version %(number)s of %(day)s",
            number=number(version["number"]),
            day=Reading(facts, language).day_of(version["published_at"]),
        )
    )


def _blocks(section: Section, facts: Facts, language: str) -> Iterator[Block]:
    """What a section says, then what the organiser adds to it, marked as theirs."""
    yield from section.say(facts, language)
    if section.KEY in WRITABLE and (written := facts["written"].get(section.KEY)):
        main = facts["consultation"]["main_language"]
        tag = language if language in written else main if main in written else min(written)
        by = facts["consultation"]["organisation"] or _("Those who ran the consultation")
        yield Written(written[tag], by, tag)
