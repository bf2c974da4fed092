"""Catalogues: complete, fresh, with every placeholder and the plural forms of their language."""

from __future__ import annotations

import re
import subprocess
import sys
from gettext import c2py
from pathlib import Path
from shutil import which

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from participation.i18n import DEFAULT_LANGUAGE, LANGUAGES
from tests.tools import ROOT, required_in_ci

TRANSLATED = [tag for tag in LANGUAGES if tag != DEFAULT_LANGUAGE.tag]
PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
COUNTS = [*range(25), 99, 100, 101, 102, 103, 111, 1_000, 1_000_000]


def catalogue(tag: str) -> Catalog:
    with (ROOT / "translations" / tag.replace("-", "_") / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="session")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every sentence in code and templates, extracted afresh."""
    template = tmp_path_factory.mktemp("catalogue") / "messages.pot"
    babel = Path(sys.executable).with_name("pybabel")
    subprocess.run(  # noqa: S603 - our own tool
        [babel, "-q", "extract", "-F", "babel.cfg", "-k", "_l", "-k", "lazy_gettext", "-o", template, "."],
        cwd=ROOT,
        check=True,
    )
    with template.open("rb") as file:
        return read_po(file)


def key(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_sentence_is_translated_and_none_is_stale(tag: str, sentences: Catalog) -> None:
    wanted = {key(message) for message in sentences if message.id}
    there = {key(message): message for message in catalogue(tag) if message.id}
    assert wanted - set(there) == set(), "run `make translations`, then translate"
    assert set(there) - wanted == set(), "run `make translations`"
    empty = [
        name for name, m in there.items() if not (all(m.string) if isinstance(m.string, tuple) else m.string)
    ]
    assert empty == []
    assert [name for name, message in there.items() if message.fuzzy] == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_placeholders_are_those_of_the_source(tag: str) -> None:
    pick = c2py(catalogue(tag).plural_expr)
    for message in catalogue(tag):
        if not message.id:
            continue
        source = message.id if message.pluralizable else (message.id,)
        forms = message.string if message.pluralizable else (message.string,)
        # "From this browser only" says the number one in words.
        wanted = [set(PLACEHOLDER.findall(each)) for each in source]
        for index, form in enumerate(forms):
            found = set(PLACEHOLDER.findall(form))
            # So does a form that serves one number alone, as Arabic does for two.
            says_it = message.pluralizable and [pick(n) for n in COUNTS].count(index) == 1
            left_out = [each - found for each in wanted]
            assert found in wanted or (says_it and any(map(_is_one, left_out))), (tag, source[-1], form)


def _is_one(placeholders: set[tuple[str, str]]) -> bool:
    return len(placeholders) == 1


@pytest.mark.parametrize("tag", TRANSLATED)
def test_plural_forms_tell_apart_what_the_language_tells_apart(tag: str) -> None:
    """Two numbers in one gettext form are in one CLDR category too (“many”, for millions, aside)."""
    pick = c2py(catalogue(tag).plural_expr)
    rule = Locale.parse(tag, sep="-").plural_form
    for n in COUNTS:
        for m in COUNTS:
            if pick(n) == pick(m):
                categories = (
                    {rule(n), rule(m)} - {"many"} if tag in {"fr", "es", "it"} else {rule(n), rule(m)}
                )
                assert len(categories) <= 1, (tag, n, m, categories)


@pytest.mark.parametrize("tag", TRANSLATED)
def test_msgfmt_finds_nothing_wrong(tag: str) -> None:
    if which("msgfmt") is None:
        required_in_ci("msgfmt is not installed; install it with: sudo apt-get install gettext")
    file = ROOT / "translations" / tag.replace("-", "_") / "LC_MESSAGES" / "messages.po"
    result = subprocess.run(  # noqa: S603 - a tool of the system
        ["msgfmt", "--check-format", "-o", "/dev/null", file],  # noqa: S607 - found by the check above
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
