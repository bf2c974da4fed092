"""What makes packages, and what becomes of a request for single votes: asked, granted or refused, fetched."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, exists, select, update

from deliberation.package_file import sha256_of, write_package
from participation.consultations.actions import enter_in_log
from participation.database import db, now
from participation.errors import DomainError
from participation.opinions.queries import gather_inputs
from participation.outcomes.models import Report
from participation.outcomes.polis_export import public_conversation
from participation.outcomes.queries import latest_report, removed_since
from participation.packages.contents import files_of
from participation.packages.models import DataRequest, Package, RequestStep, StepKind
from participation.packages.queries import is_made, is_open, public_package_of
from participation.packages.storage import file_of, folder
from participation.tokens import hash_of
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from deliberation.polis import Conversation
    from participation.accounts.models import Account
    from participation.consultations.models import Consultation

# The edition of the terms that researchers accept; see templates/packages/_terms.html.
TERMS = 1


class NoReportError(DomainError):
    message = _l("There is no published report yet, so there are no data to give out.")


class AlreadyDecidedError(DomainError):
    message = _l(
        "Somebody has decided about this request since you opened the page. Please look at it again."
    )


class LinkOverError(DomainError):
    message = _l(
        "This link gives out nothing any more: the data were fetched with it, or its time is over. "
        "Those who run the consultation can grant the request again."
    )
    status = 410


class NotMadeYetError(DomainError):
    message = _l("The file is still being made. Please try again in a minute.")


def make_public_package(report_id: int) -> None:
    """What the worker does with a version of a report that has no package yet."""
    report = db.session.get_one(Report, report_id)
    package = public_package_of(report_id) or _begun(report, None)
    _make(package, report, with_votes=report.consultation.publishes_votes)


def make_package_for(request_id: int) -> None:
    """What the worker does with a request that was granted: the latest report with the single votes."""
    request = db.session.get_one(DataRequest, request_id)
    report = latest_report(request.consultation_id)
    if report is None:
        raise NoReportError
    _make(request.package or _begun(report, request), report, with_votes=True)


def forget_package(package_id: int) -> None:
    """Delete the file that a researcher has fetched, or has not fetched in time."""
    package = db.session.get_one(Package, package_id)
    sha256 = package.sha256
    db.session.execute(delete(Package).where(Package.id == package_id))
    _delete_unless_needed(sha256)
    db.session.commit()


def write_package_of(report: Report, path: Path) -> None:
    """Write the package for everybody to a file: the one that is public already, or one of the same contents."""
    package = public_package_of(report.id)
    if not is_made(package):
        make_public_package(report.id)
        package = public_package_of(report.id)
    if package is None:
        raise NoReportError
    path.write_bytes(file_of(package).read_bytes())


def _begun(report: Report, request: DataRequest | None) -> Package:
    package = Package(report_id=report.id, request_id=request.id if request else None)
    db.session.add(package)
    db.session.commit()
    return package


def _make(package: Package, report: Report, *, with_votes: bool) -> None:
    """Write the file and say where it is. Nothing is written to the database while a file is."""
    conversation = counted_votes(report) if with_votes else None
    removed, before, made_before = removed_since(report.consultation_id), package.sha256, package.made_at
    db.session.rollback()
    files = files_of(report, conversation, removed)
    unfinished = folder() / f".{package.id}-{secrets.token_hex(4)}"
    try:
        write_package(unfinished, files, progress=lambda done, of: _note(package.id, 100 * done // of))
        sha256, size = sha256_of(unfinished), unfinished.stat().st_size
        unfinished.replace(folder() / f"{sha256}.zip")
    finally:
        unfinished.unlink(missing_ok=True)
    made_at = made_before if sha256 == before else now()
    made = {"made_at": made_at, "sha256": sha256, "size": size, "progress": 100, "left_out": sorted(removed)}
    db.session.execute(
        update(Package)
        .where(Package.id == package.id)
        .values(**made, report_id=report.id, has_votes=conversation is not None)
    )
    _delete_unless_needed(before)
    if package.request_id is None and sha256 != before:
        anew = before is not None
        enter_in_log(report.consultation, Kind.PACKAGE_MADE, version=report.number, sha256=sha256, anew=anew)
    db.session.commit()
    db.session.refresh(package)


def _delete_unless_needed(sha256: str | None) -> None:
    """Delete a file that is no package's any more: packages of the same contents share one.

    Before the commit: if something fails between the two, it is tried again, and no votes are left on the disk.
    """
    if sha256 and not db.session.scalar(select(exists().where(Package.sha256 == sha256))):
        (folder() / f"{sha256}.zip").unlink(missing_ok=True)


def _note(package_id: int, per_cent: int) -> None:
    db.session.execute(update(Package).where(Package.id == package_id).values(progress=per_cent))
    db.session.commit()


def counted_votes(report: Report) -> Conversation | None:
    """The single votes under new numbers, if they are still those that this report counted; None if not.

    Otherwise nobody could compute the report from them. And of two packages of one report, whose votes differ by a
    few people's, the difference would be these people's votes.
    """
    votes = gather_inputs(report.consultation).votes
    if votes.fingerprint() != report.facts["method"]["votes_sha256"]:
        return None
    return public_conversation(report.consultation)


def ask_for_votes(
    consultation: Consultation, *, name: str, affiliation: str, purpose: str, language: str
) -> str:
    """Note a request by somebody who has accepted the terms; returns the secret of its address.

    Raises:
        NoReportError

    """
    if latest_report(consultation.id) is None:
        raise NoReportError
    token = secrets.token_urlsafe(24)
    request = DataRequest(
        consultation_id=consultation.id,
        token_hash=hash_of(token),
        name=name,
        affiliation=affiliation,
        purpose=purpose,
        language=language,
        terms=TERMS,
        steps=[RequestStep(kind=StepKind.ASKED)],
    )
    db.session.add(request)
    db.session.commit()
    return token


def decide(request: DataRequest, kind: StepKind, *, by: Account, reason: str, seen: int) -> None:
    """Grant or refuse a request, also again.

    Args:
        request: which.
        kind: GRANTED or REFUSED.
        by: who decides.
        reason: why; the researcher reads it.
        seen: the id of the latest step that whoever decides has seen.

    Raises:
        AlreadyDecidedError: something has happened since.

    """
    db.session.refresh(request, with_for_update=True)
    if request.latest.id != seen:
        db.session.rollback()
        raise AlreadyDecidedError
    request.steps.append(RequestStep(kind=kind, account_id=by.id, reason=reason))
    entry = Kind.REQUEST_GRANTED if kind is StepKind.GRANTED else Kind.REQUEST_REFUSED
    enter_in_log(request.consultation, entry)
    db.session.commit()


def fetch(request: DataRequest) -> Path:
    """The file of a granted request, once: the link gives out nothing afterwards.

    Raises:
        LinkOverError, NotMadeYetError

    """
    db.session.refresh(request, with_for_update=True)
    try:
        if not is_open(request):
            raise LinkOverError
        if request.package is None or not is_made(request.package):
            raise NotMadeYetError
    except DomainError:
        db.session.rollback()
        raise
    request.steps.append(RequestStep(kind=StepKind.FETCHED))
    enter_in_log(request.consultation, Kind.REQUEST_FETCHED, votes=request.package.has_votes)
    db.session.commit()
    return file_of(request.package)
