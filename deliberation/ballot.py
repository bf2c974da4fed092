"""What can a person say about a statement? The one place where signs are set."""

from enum import IntEnum


class Choice(IntEnum):
    """A vote. A vote that was never cast has no choice; it is absent, which is not a pass."""

    DISAGREE = -1
    PASS = 0
    AGREE = 1
