"""The letters of the PDF: which fonts it is set in, and what becomes of a character that none of them has."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import fontpkg_amiri
import fontpkg_noto_sans
import fontpkg_noto_sans_devanagari
from fontTools.ttLib import TTFont

from participation.text import BIDI_CONTROLS

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Each package holds one family. The first that has a character sets it.
PACKAGES = (fontpkg_noto_sans, fontpkg_amiri, fontpkg_noto_sans_devanagari)
FAMILIES = tuple(package.FAMILY for package in PACKAGES)
FOLDERS = tuple(Path(package.ROOT) / "files" for package in PACKAGES)
#: Stands for letters that no font here has: a PDF for archives may not leave a hole.
MISSING = "□"
#: As many characters without a space do not fit into a narrow column.
LONGEST_RUN = 24
#: No script puts more marks on one letter; a tower of them would cover the lines above.
TOWER = re.compile("([\u0300-\u036f]{3})[\u0300-\u036f]+")
#: The fonts may have them, the standards do not let them in: control characters, and the byte order mark.
FORBIDDEN = frozenset(map(chr, [*range(32), *range(127, 160), 0xFEFF, 0xFFFE, 0xFFFF]))
ZERO_WIDTH_SPACE = "\u200b"


def printable(text: str) -> str:
    """The text with nothing in it that the fonts cannot set.

    A symbol becomes its Unicode name in brackets, so that it can be read; a run of letters of another script becomes
    one box; what is invisible anyway goes. Very long words may be broken.
    """
    text = TOWER.sub(r"\1", BIDI_CONTROLS.sub("", unicodedata.normalize("NFC", text)))
    known = "".join(_known_characters(text))
    known = re.sub(f"{MISSING}[{MISSING}\u200c\u200d]*", MISSING, known)
    return re.sub(rf"\S{{{LONGEST_RUN},}}", lambda run: _with_breaks(run[0]), known)


def _known_characters(text: str) -> Iterator[str]:
    """Each character, or what stands for it. A mark stays only if one font has it and the letter that carries it."""
    fonts_of_the_letter: list[frozenset[str]] = []
    for character in text:
        fonts = [font for font in characters() if character in font]
        is_mark = unicodedata.category(character).startswith("M")
        if character == "\n":
            yield character
        elif is_mark and not any(character in font for font in fonts_of_the_letter):
            continue
        elif fonts and character not in FORBIDDEN:
            yield character
        else:
            yield _instead_of(character)
        if not is_mark:
            fonts_of_the_letter = fonts


def _instead_of(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cf", "Cc", "Cs"}:
        return ""
    if category == "Zs":
        return " "
    name = unicodedata.name(character, "") if category.startswith("S") else ""
    return f"[{name.lower()}]" if name else MISSING


def _with_breaks(run: str) -> str:
    """May be broken behind what separates parts of an address, and in any case before it grows too long.

    Scripts that join their letters have longer words, and lose more when they are broken: later.
    """
    run = re.sub(r"([/?&=_.,;:-])(?=\w)", rf"\1{ZERO_WIDTH_SPACE}", run)
    long_word = rf"[!-~\u00a1-\u024f]{{{LONGEST_RUN}}}(?=[!-~\u00a1-\u024f])"
    run = re.sub(long_word, rf"\g<0>{ZERO_WIDTH_SPACE}", run)
    return re.sub(rf"[^{ZERO_WIDTH_SPACE}]{{{2 * LONGEST_RUN}}}(?=\w)", rf"\g<0>{ZERO_WIDTH_SPACE}", run)


@cache
def characters() -> tuple[frozenset[str], ...]:
    """Every character that each upright font here has a glyph for."""
    files = (file for folder in FOLDERS for file in folder.glob("*.ttf") if "Italic" not in file.name)
    return tuple(frozenset(map(chr, TTFont(file).getBestCmap())) for file in files)
