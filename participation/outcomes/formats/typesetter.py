"""Typst in a process of its own: what it remembers of a report (some 100 MB) goes with it, and so would a crash.

Run as a program it needs nothing of Baraza: a document as JSON comes in, a PDF goes out.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from collections.abc import Sequence

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
#: A thousand statements take two seconds on a quiet machine.
SECONDS = 120


def typeset(template: Path, document: str, fonts: Sequence[Path]) -> bytes:
    """The PDF.

    Args:
        template: sets what it finds under `report` in `sys.inputs`.
        document: JSON.
        fonts: folders; no other fonts are used, for what a machine happens to have would change the pages.

    Raises:
        subprocess.CalledProcessError: Typst refused; its `stderr` says why.

    """
    return subprocess.run(  # noqa: S603 - our own file; what people wrote goes through the pipe
        [sys.executable, __file__, template, *fonts],
        input=document.encode(),
        capture_output=True,
        check=True,
        timeout=SECONDS,
    ).stdout


def main() -> None:
    template, *folders = map(Path, sys.argv[1:])
    pdf = typst.compile(
        template,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=folders),
        ignore_system_fonts=True,
        sys_inputs={"report": sys.stdin.read()},
        format="pdf",
        pdf_standards=STANDARDS,
    )
    assert isinstance(pdf, bytes)  # noqa: S101 - the stubs cannot know that a PDF is one file
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
