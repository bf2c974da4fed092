"""The letters of the PDF: which fonts it is set in, and what becomes of a character that none of them has."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import fontpkg_noto_sans_devanagari

from participation.text import BIDI_CONTROLS

#: Each package holds one family. The first that has a character sets it.
PACKAGES = (fontpkg_noto_sans, fontpkg_noto_sans_arabic, fontpkg_noto_sans_devanagari)
FAMILIES = tuple(package.FAMILY for package in PACKAGES)
FOLDERS = tuple(Path(package.ROOT) / "files" for package in PACKAGES)
#: Stands for letters that no font here has: a PDF for archives may not leave a hole.
MISSING = "□"
#: As many characters without a space do not fit into a narrow column.
LONGEST_RUN = 24
#: No script puts more marks on one letter; a tower of them would cover the lines above.
TOWER = re.compile("([\u0300-\u036f]{3})[\u0300-\u036f]+")
ZERO_WIDTH_SPACE = "\u200b"


def printable(text: str) -> str:
    """The text with nothing in it that the fonts cannot set.

    A symbol becomes its Unicode name in brackets, so that it can be read; a run of letters of another script becomes
    one box; what is invisible anyway goes. Very long words may be broken.
    """
    text = TOWER.sub(r"\1", BIDI_CONTROLS.sub("", unicodedata.normalize("NFC", text)))
    known = "".join(character if _is_known(character) else _instead_of(character) for character in text)
    known = re.sub(f"{MISSING}[{MISSING}\u200c\u200d]*", MISSING, known)
    return re.sub(rf"\S{{{LONGEST_RUN},}}", lambda run: _with_breaks(run[0]), known)


def _is_known(character: str) -> bool:
    return character == "\n" or (character in characters() and unicodedata.category(character) != "Cc")


def _instead_of(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cf", "Cc", "Mn", "Me", "Cs"}:
        return ""
    if category == "Zs":
        return " "
    name = unicodedata.name(character, "") if category.startswith("S") else ""
    return f"[{name.lower()}]" if name else MISSING


def _with_breaks(run: str) -> str:
    """May be broken behind what separates parts of an address, and in any case before it grows too long.

    Joined letters stay joined: only Latin text and what looks like it is broken within a word.
    """
    run = re.sub(r"([/?&=_.,;:-])(?=\w)", rf"\1{ZERO_WIDTH_SPACE}", run)
    long_word = rf"[!-~\u00a1-\u024f]{{{LONGEST_RUN}}}(?=[!-~\u00a1-\u024f])"
    return re.sub(long_word, rf"\g<0>{ZERO_WIDTH_SPACE}", run)


@cache
def characters() -> frozenset[str]:
    """Every character that an upright font here has a glyph for."""
    files = (file for folder in FOLDERS for file in folder.glob("*.ttf") if "Italic" not in file.name)
    return frozenset(chr(code) for file in files for code in _codes(file.read_bytes()))


def _codes(font: bytes) -> set[int]:
    """The code points in a font's `cmap` table, from its subtable of format 12 (OpenType 1.9, "cmap")."""
    (number_of_tables,) = struct.unpack_from(">H", font, 4)
    tables = {
        tag: offset
        for tag, _sum, offset, _length in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * number_of_tables])
    }
    cmap = tables[b"cmap"]
    (number_of_subtables,) = struct.unpack_from(">H", font, cmap + 2)
    for _platform, _encoding, offset in struct.iter_unpack(
        ">HHI", font[cmap + 4 : cmap + 4 + 8 * number_of_subtables]
    ):
        subtable = cmap + offset
        if struct.unpack_from(">H", font, subtable) == (12,):
            (groups,) = struct.unpack_from(">I", font, subtable + 12)
            ranges = struct.iter_unpack(">III", font[subtable + 16 : subtable + 16 + 12 * groups])
            return {code for first, last, _glyph in ranges for code in range(first, last + 1)}
    raise ValueError("this font has no table of characters of format 12")
