"""In which language a text seems to be written."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from py3langid.langid import LanguageIdentifier

# Of 2,700 sentences of the interface and the demonstration in eleven languages, none is taken for another
# language at this likelihood. At 0.5 five of one or two words are; at 0.8 four in ten of those leave it unsure.
SURE = 0.8


def likely_language(text: str, among: Collection[str]) -> str | None:
    """The language of a text, of several that it may be in; None where that is unsure, as in short texts.

    Loads the model, 120 MB in two seconds, on the first call in a process; each call takes half a millisecond.
    """
    likelihoods = dict(_identifier().rank(text))
    # A language that the model does not know could look like any other.
    if len(among) < 2 or not likelihoods.keys() >= set(among):  # noqa: PLR2004 - one language leaves no doubt
        return None
    # Not by set_languages: that would change the model for the other threads.
    likeliest = max(among, key=lambda tag: likelihoods[tag])
    total = sum(likelihoods[tag] for tag in among)
    return likeliest if likelihoods[likeliest] >= SURE * total else None


def prepare() -> None:
    """Load the model beside what goes on: whoever opens the page to write need not wait for it when they send."""
    threading.Thread(target=_identifier, name="language model", daemon=True).start()


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - only writers need it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
