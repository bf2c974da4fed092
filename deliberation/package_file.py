"""A data package is a ZIP file with a list of what is in it: written so, and opened only if every byte is as listed.

`MANIFEST.sha256` has a line for each other file, its SHA-256 in hexadecimal, two spaces and its name: what the
command `sha256sum -c MANIFEST.sha256` reads too. The same contents give the same bytes: entries stand in the order
of their names, and none carries a time.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

MANIFEST = "MANIFEST.sha256"
MOST_FILES = 200
# What a consultation of a million people has, and far from what fills a disk.
MOST_BYTES = 1024**3
MOST_BYTES_OF_A_FILE = 512 * 1024**2
_A_PIECE = 1024 * 1024
_A_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_A_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_ENCRYPTED = 0x1
# A byte that is not as it was can make the reader of ZIP files stumble in any of these ways.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class PackageError(ValueError):
    """The file is no data package, or not as it was made. The message says what is wrong, in plain words."""


def write_package(
    path: Path,
    files: Mapping[str, Iterable[str | bytes]],
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Write files by name, each as pieces, so that none has to fit into memory; the list of them comes last.

    Args:
        path: where to; replaced if it is there.
        files: what to write.
        progress: called after each file with how many are written, and of how many.

    """
    lines = []
    with zipfile.ZipFile(path, "w") as archive:
        for done, name in enumerate(sorted(files), start=1):
            digest = hashlib.sha256()
            with archive.open(_entry(name), "w") as file:
                for piece in files[name]:
                    written = piece.encode() if isinstance(piece, str) else piece
                    digest.update(written)
                    file.write(written)
            lines.append(f"{digest.hexdigest()}  {name}\n")
            progress(done, len(files))
        archive.writestr(_entry(MANIFEST), "".join(lines))


def _entry(name: str) -> zipfile.ZipInfo:
    if not _A_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a file in a package")
    entry = zipfile.ZipInfo(name)  # of the year 1980: ZIP knows nothing before
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def read_package(path: Path) -> dict[str, bytes]:
    """Every file by its name, after each was found to be as listed.

    Raises:
        PackageError: it is no package, it is larger than any, or a file is missing, added or altered.

    """
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise PackageError(f"{path} cannot be opened: {error.strerror or error}.") from error
    except _BROKEN as error:
        raise PackageError(f"{path.name} is no ZIP file, or its table of contents was altered.") from error
    with archive:
        entries = archive.infolist()
        _refuse_what_no_package_has(entries)
        if MANIFEST not in archive.namelist():
            raise PackageError(f"There is no {MANIFEST} in {path.name}: it is no data package.")
        contents = {entry.filename: _read(archive, entry) for entry in entries}
    listed = _listed(contents.pop(MANIFEST))
    for name in sorted({*listed, *contents}):
        if name not in listed:
            raise PackageError(f"{name} was added: {MANIFEST} does not list it.")
        if name not in contents:
            raise PackageError(f"{name} is missing: {MANIFEST} lists it.")
        if hashlib.sha256(contents[name]).hexdigest() != listed[name]:
            _refuse_altered(name)
    return contents


def sha256_of(path: Path) -> str:
    """SHA-256 of a whole file, in hexadecimal: what the page with the package says of it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_what_no_package_has(entries: list[zipfile.ZipInfo]) -> None:
    """Before anything is unpacked: a small ZIP file can promise more than a disk holds."""
    if len(entries) > MOST_FILES:
        raise PackageError(f"There are {len(entries)} files in it; a package has at most {MOST_FILES}.")
    names = [entry.filename for entry in entries]
    for entry in entries:
        name = entry.filename
        if not _A_NAME.fullmatch(name) or ".." in name:
            raise PackageError(f"{name!r} is no name that a file in a package has.")
        if names.count(name) > 1:
            raise PackageError(f"{name} is in it twice.")
        if entry.flag_bits & _ENCRYPTED:
            raise PackageError(f"{name} is encrypted; nothing in a package is.")
        if entry.file_size > MOST_BYTES_OF_A_FILE:
            raise PackageError(f"{name} would be larger than any file in a package when it is unpacked.")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise PackageError("Unpacked it would be larger than any package. Nothing was unpacked.")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The contents of a file; never more than its entry promised, whatever the entry says."""
    pieces, left = [], entry.file_size
    try:
        with archive.open(entry) as file:
            while piece := file.read(_A_PIECE):
                left -= len(piece)
                if left < 0:
                    _refuse_altered(entry.filename)
                pieces.append(piece)
    except _BROKEN as error:
        raise PackageError(_altered(entry.filename)) from error
    return b"".join(pieces)


def _listed(manifest: bytes) -> dict[str, str]:
    """Hash by name."""
    lines = [_A_LINE.fullmatch(line) for line in manifest.decode(errors="replace").splitlines()]
    listed = {line[2]: line[1] for line in lines if line}
    if not listed or len(listed) < len(lines):
        raise PackageError(f"{MANIFEST} does not say a hash and a name on each line: it was altered.")
    return listed


def _refuse_altered(name: str) -> NoReturn:
    raise PackageError(_altered(name))


def _altered(name: str) -> str:
    return f"{name} was altered: it is not what {MANIFEST} lists."
