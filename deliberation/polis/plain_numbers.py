"""Columns of whole numbers, straight from the bytes of a plain CSV file.

Millions of votes as Python objects take a minute and a gigabyte. This reads the files that hold nothing
unusual in a fraction of that, and says None to any other, for `tables` to read and to judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_BLOCK = 1 << 22
_COMMA, _NEWLINE, _MINUS, _ZERO, _NINE = b",\n-09"
# So many digits fit a signed 64-bit number whatever they are.
_MOST_DIGITS = 18


def plain_numbers(path: Path, names: tuple[str, ...]) -> list[NDArray[np.int64]] | None:
    """The columns of these names, each of shape (rows,).

    None unless the file is ASCII without quotes, lone carriage returns or empty lines, its first row has
    the names, every row as many cells, and every cell asked for is a whole number of up to 18 digits.
    """
    blocks: list[NDArray[np.int64]] = []
    with path.open("rb") as file:
        header = file.readline().removeprefix(b"\xef\xbb\xbf")
        columns = [name.strip() for name in header.decode("ascii", errors="replace").split(",")]
        if b'"' in header or b"\r" in header.strip() or not set(names) <= set(columns):
            return None
        places = [columns.index(name) for name in names]
        while data := file.read(_BLOCK):
            block = _block(data + file.readline(), places, len(columns))
            if block is None:
                return None
            blocks.append(block)
    return list(np.hstack([np.empty((len(names), 0), dtype=np.int64), *blocks]))


def _block(data: bytes, places: list[int], width: int) -> NDArray[np.int64] | None:
    """Shape (columns asked for, rows) of some whole rows of `width` cells each."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    if not data.isascii() or b'"' in data or b"\r" in data:
        return None
    # Numbers are read backwards from the comma behind them: the first needs room before it.
    margin = _MOST_DIGITS + 1
    text = np.frombuffer(b"\n" * margin + data + b"\n" * (not data.endswith(b"\n")), dtype=np.uint8)
    ends = np.flatnonzero((text == _COMMA) | (text == _NEWLINE))[margin:]
    if len(ends) % width:
        return None
    ends = ends.reshape(-1, width)
    newlines = text[ends] == _NEWLINE
    if not newlines[:, -1].all() or newlines[:, :-1].any():
        return None
    starts = np.concatenate([[margin - 1], ends.ravel()[:-1]]).reshape(-1, width) + 1
    numbers = [_numbers(text, starts[:, place], ends[:, place]) for place in places]
    return None if any(column is None for column in numbers) else np.array(numbers, dtype=np.int64)


def _numbers(
    text: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64] | None:
    """The whole numbers written from each start to its end, shape (rows,), or None if there are others."""
    negative = text[starts] == _MINUS
    digits = ends - starts - negative
    most = int(digits.max(initial=1))
    if digits.min(initial=1) < 1 or most > _MOST_DIGITS:
        return None
    numbers = np.zeros(len(ends), dtype=np.int64)
    for place in range(most, 0, -1):
        written = np.where(digits >= place, text[ends - place], _ZERO)
        if written.min(initial=_ZERO) < _ZERO or written.max(initial=_ZERO) > _NINE:
            return None
        numbers = numbers * 10 + (written - _ZERO)
    return np.where(negative, -numbers, numbers)
