"""What of a frozen report may no longer be shown: words that turned out to name somebody, or to be unlawful.

The report stays as it is, and its fingerprint too. What is shown of it, in whatever format, leaves these words out.
Statements' words stand nowhere but in quotations, and in the facts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

if TYPE_CHECKING:
    from collections.abc import Collection

    from participation.outcomes.facts import Facts


def words_without(words: dict[str, Any], numbers: Collection[int]) -> dict[str, Any]:
    """What a report says in one language, without the words of some statements."""
    if not numbers:
        return words
    sections = [
        {**section, "blocks": [_block_without(block, numbers) for block in section["blocks"]]}
        for section in words["sections"]
    ]
    return {**words, "sections": sections}


def _block_without(block: dict[str, Any], numbers: Collection[int]) -> dict[str, Any]:
    if block["kind"] != "quoted" or block["number"] not in numbers:
        return block
    note = _("Its words were removed: they named somebody, or were unlawful.")
    return {**block, "text": "…", "note": note}


def removed_from(facts: Facts, numbers: Collection[int]) -> set[int]:
    """Which of these statements are in a report: the others never were to be read there."""
    return {each["number"] for each in facts["statements"]} & set(numbers)


def facts_without(facts: Facts, numbers: Collection[int]) -> Facts:
    """The facts without the words of some statements."""
    statements = [
        {**each, "texts": {}} if each["number"] in numbers else each for each in facts["statements"]
    ]
    return {**facts, "statements": statements}
