"""The published method of Polis, exactly, for comparison and for trust.

`analyse_polis(read_conversation(folder)).to_math_json()` is what Polis would publish for a folder;
`read_base_clusters(file)` reads the one thing in it that may depend on more than the votes.
"""

from deliberation.polis.analysis import PolisAnalysis, analyse_polis
from deliberation.polis.base_clusters import BaseClusters, read_base_clusters
from deliberation.polis.files import (
    Comment,
    Conversation,
    ExportError,
    export_texts,
    read_conversation,
    write_conversation,
)

__all__ = [
    "BaseClusters",
    "Comment",
    "Conversation",
    "ExportError",
    "PolisAnalysis",
    "analyse_polis",
    "export_texts",
    "read_base_clusters",
    "read_conversation",
    "write_conversation",
]
