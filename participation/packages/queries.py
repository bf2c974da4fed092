"""Questions about packages and the requests for single votes."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from participation.database import db, now
from participation.outcomes.models import Report
from participation.outcomes.queries import removed_since
from participation.packages.models import DataRequest, Package, StepKind
from participation.packages.storage import file_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# How long a researcher has to fetch what was granted.
A_GRANT_LASTS = timedelta(days=14)


def is_made(package: Package | None, removed: Collection[int] | None = None) -> bool:
    """Whether there is a file to hand out: complete, on the disk, and without words that were removed since.

    Args:
        package: the one in question, if it was ever begun.
        removed: what `removed_since` says of its consultation, if the caller knows it already.

    """
    if package is None or package.made_at is None or not file_of(package).exists():
        return False
    if removed is None:
        removed = removed_since(package.report.consultation_id)
    return set(package.left_out) == set(removed)


def public_packages(consultation_id: int) -> Sequence[Package]:
    """The packages for everybody, the latest version first, finished or not.

    One that has to be made again is not among them.
    """
    found = db.session.scalars(
        select(Package)
        .join(Report)
        .where(Report.consultation_id == consultation_id, Package.request_id.is_(None))
        .order_by(Report.number.desc())
    ).all()
    removed = removed_since(consultation_id)
    return [one for one in found if one.made_at is None or is_made(one, removed)]


def package_with_hash(consultation_id: int, sha256: str) -> Package | None:
    """A package for everybody by its hash."""
    return next((one for one in public_packages(consultation_id) if one.sha256 == sha256), None)


def public_package_of(report_id: int) -> Package | None:
    return db.session.scalar(
        select(Package).where(Package.report_id == report_id, Package.request_id.is_(None))
    )


def reports_without_package() -> list[int]:
    """Versions whose package for everybody is still to be made, or to be made again, the oldest first."""
    made = exists().where(
        Package.report_id == Report.id, Package.request_id.is_(None), Package.made_at.is_not(None)
    )
    never = db.session.scalars(select(Report.id).where(~made)).all()
    finished = db.session.execute(
        select(Package, Report.consultation_id)
        .join(Report)
        .where(Package.request_id.is_(None), Package.made_at.is_not(None))
    ).all()
    removed = {consultation_id: removed_since(consultation_id) for _package, consultation_id in finished}
    again = [one.report_id for one, consultation_id in finished if not is_made(one, removed[consultation_id])]
    return sorted([*never, *again])


def request_by_hash(token_hash: bytes) -> DataRequest | None:
    return db.session.scalar(select(DataRequest).where(DataRequest.token_hash == token_hash))


def request_by_id(request_id: int) -> DataRequest | None:
    return db.session.get(DataRequest, request_id)


def requests_of(consultation_id: int) -> Sequence[DataRequest]:
    """Every request with its steps, the latest first."""
    return db.session.scalars(
        select(DataRequest)
        .where(DataRequest.consultation_id == consultation_id)
        .order_by(DataRequest.id.desc())
        .options(selectinload(DataRequest.steps))
    ).all()


def counted_requests(consultation_id: int) -> dict[StepKind, int]:
    """How often each step was taken: what everybody may know about requests."""
    steps = [step.kind for request in requests_of(consultation_id) for step in request.steps]
    return dict(Counter(steps))


def is_open(request: DataRequest) -> bool:
    """Whether what was granted can still be fetched."""
    return request.latest.kind is StepKind.GRANTED and now() < request.latest.at + A_GRANT_LASTS


def requests_without_package() -> list[int]:
    """Granted requests for which the worker has still to make the file, or to make it again."""
    found = db.session.scalars(select(DataRequest).options(selectinload(DataRequest.steps)))
    return [one.id for one in found if is_open(one) and not is_made(one.package)]


def packages_to_forget() -> list[int]:
    """Packages for researchers whose time is over, or who have them."""
    found = db.session.scalars(select(DataRequest).options(selectinload(DataRequest.steps)))
    return [one.package.id for one in found if one.package and not is_open(one)]
