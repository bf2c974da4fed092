"""Where the files of packages lie: in the instance folder, under their hash, so that a file is what its name says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from pathlib import Path

    from participation.packages.models import Package


def folder() -> Path:
    """The folder, which is there afterwards. Only the server's own account may look into it."""
    path: Path = current_app.extensions["baraza_config"].instance / "packages"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def file_of(package: Package) -> Path:
    """The file of a package that is made."""
    return folder() / f"{package.sha256}.zip"
