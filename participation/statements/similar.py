"""Which texts say nearly the same as another one, by the letters that they share."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

# Between texts of real Polis conversations, pairs over this mostly say the same and pairs under it mostly
# do not. Of their statements, one in ten has such a neighbour.
NEARLY_THE_SAME = 0.45
SHORTEST, LONGEST = 3, 5


class TextIndex:
    """Texts, ready to be compared with another one: the cosine of their TF-IDF vectors.

    The terms are the pieces of 3 to 5 letters within words, which forgive endings and slips of the
    finger, in any script. The weights are scikit-learn's (smooth idf, unit length), without its 130 MB.
    """

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._columns: dict[str, int] = {}
        counts = [Counter(_pieces(text)) for text in texts]
        for pieces in counts:
            for piece in pieces:
                self._columns.setdefault(piece, len(self._columns))
        ends = np.cumsum([0, *(len(pieces) for pieces in counts)])
        columns = np.array([self._columns[piece] for pieces in counts for piece in pieces], dtype=np.int32)
        often = np.array([often for pieces in counts for often in pieces.values()], dtype=np.float32)
        seen_in = np.bincount(columns, minlength=len(self._columns))
        self._idf_of_new = float(np.log(1 + len(texts)) + 1)
        self._idf = np.log((1 + len(texts)) / (1 + seen_in)) + 1
        weights = often * self._idf[columns]
        lengths = np.sqrt(np.add.reduceat(np.append(weights**2, 0.0), ends[:-1])) if texts else np.zeros(0)
        weights /= np.repeat(lengths, np.diff(ends))
        self._matrix = csr_array((weights, columns, ends), shape=(len(texts), len(self._columns)))

    def likeness(self, text: str) -> NDArray[np.float64]:
        """How alike each text is to this one, shape (n,), from 0 to 1."""
        vector, squares = np.zeros(len(self._columns)), 0.0
        for piece, often in Counter(_pieces(text)).items():
            column = self._columns.get(piece)
            weight = often * (self._idf_of_new if column is None else self._idf[column])
            squares += weight**2
            if column is not None:
                vector[column] = weight
        likeness: NDArray[np.float64] = self._matrix @ vector / (np.sqrt(squares) or 1.0)
        return likeness


@lru_cache(maxsize=16)
def index_of(texts: tuple[str, ...]) -> TextIndex:
    """The index of these texts, made again only when one of them has changed."""
    return TextIndex(texts)


def _pieces(text: str) -> Iterator[str]:
    """Each word with a space at both ends, in pieces; one shorter than a piece is a piece itself."""
    for bare in text.lower().split():
        word = f" {bare} "
        for size in range(SHORTEST, LONGEST + 1):
            if size >= len(word):
                yield word
                break
            yield from (word[at : at + size] for at in range(len(word) - size + 1))
