"""Markdown as a small tree of plain data, for formats that are not HTML. Knows what `prose.markdown` lets through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown_it.tree import SyntaxTreeNode

from participation.prose import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Node = dict[str, Any]

#: Lists in lists in quotes in lists: deeper than this nobody can follow, and what sets it has an end to its patience.
DEEPEST = 8

#: Markdown's names of what only holds other things, and the names here.
HOLDERS = {
    "paragraph": "paragraph",
    "heading": "heading",
    "bullet_list": "points",
    "ordered_list": "numbered",
    "list_item": "item",
    "blockquote": "quote",
    "strong": "strong",
    "em": "emphasis",
    "s": "struck",
    "table": "table",
    "tr": "row",
    "th": "cell",
    "td": "cell",
}
LEAVES = {"code_inline": "code", "code_block": "code block", "fence": "code block"}
BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def tree_of(text: str, clean: Callable[[str], str]) -> list[Node]:
    """What the Markdown says.

    Args:
        text: Markdown without HTML.
        clean: goes over every piece of text.

    Returns:
        Nodes with a `kind`, and `text` or `parts`; links have a `url`, which begins with http or mailto.

    """
    return _parts(SyntaxTreeNode(markdown.parse(text)).children, clean, 1)


def _parts(nodes: Sequence[SyntaxTreeNode], clean: Callable[[str], str], depth: int) -> list[Node]:
    parts: list[Node] = []
    for node in nodes:
        if node.type in BREAKS:
            parts.append({"kind": "text", "text": BREAKS[node.type]})
        elif node.type in LEAVES or not node.children:
            if node.content:
                parts.append({"kind": LEAVES.get(node.type, "text"), "text": clean(node.content)})
        else:
            parts += _holder(node, clean, depth)
    return parts


def _holder(node: SyntaxTreeNode, clean: Callable[[str], str], depth: int) -> list[Node]:
    inner = _parts(node.children, clean, depth + 1)
    if node.type == "link" and str(node.attrs.get("href", "")).startswith(("http://", "https://", "mailto:")):
        return [{"kind": "link", "url": str(node.attrs["href"]), "parts": inner}]
    if node.type not in HOLDERS or depth > DEEPEST:
        return inner
    return [{"kind": HOLDERS[node.type], "parts": inner}]
