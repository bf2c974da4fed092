"""A QR code as part of a page."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_code(text: str) -> Markup:
    """An SVG without any style of its own. Dark on white, also on a dark page: many readers know no other."""
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")
    return Markup(svg)  # noqa: S704 - segno writes shapes only, no part of the text
