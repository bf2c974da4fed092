"""Several things at the same time, where there are enough votes for that to be faster.

Each task is a function of what it was given and shares nothing that changes, so the answers do not depend
on which comes first.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

# numpy and scipy let other threads work only while they work through long arrays.
ENOUGH_VOTES = 60_000
_WORKERS = 2


def workers(votes: int) -> ThreadPoolExecutor:
    """Who works on so many votes: two, or one where two would only wait for each other.

    Whoever asks them for a result must not be one of them.
    """
    return ThreadPoolExecutor(_WORKERS if votes >= ENOUGH_VOTES else 1)
