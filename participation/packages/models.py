"""The data of a published report as files: packages for everybody, and requests for the single votes."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Account
from participation.consultations.models import Consultation
from participation.database import Model, Moment, never_changes, now
from participation.outcomes.models import Report


class Package(Model):
    """The data of one version of a report as one file, made once by the worker and served as it is.

    The file lies in the instance folder under its hash. It is made again only if words in it may be shown nowhere
    any more: a citation of its hash then leads nowhere.
    """

    __tablename__ = "packages"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    #: The researcher's request that it answers; empty for the package that everybody may have.
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("data_requests.id", ondelete="CASCADE"), unique=True
    )
    #: How far the worker is, in per cent.
    progress: Mapped[int] = mapped_column(default=0)
    #: When it was ready; empty before, as are its SHA-256 in hexadecimal and its size in bytes.
    made_at: Mapped[datetime | None] = mapped_column(Moment)
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    size: Mapped[int | None]
    #: Whether the single votes are in it.
    has_votes: Mapped[bool] = mapped_column(default=False)
    #: The numbers of statements whose words were removed before it was made: they named somebody, or were unlawful.
    left_out: Mapped[list[int]] = mapped_column(JSON, default=list)

    report: Mapped[Report] = relationship()


class DataRequest(Model):
    """Somebody asks for the single votes of a consultation that publishes only counts."""

    __tablename__ = "data_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
    #: SHA-256 of the secret in the address where the answer will stand.
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    affiliation: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text)
    #: In which language they read the terms that they accepted, and which edition of the terms.
    language: Mapped[str] = mapped_column(String(16))
    terms: Mapped[int]

    consultation: Mapped[Consultation] = relationship()
    steps: Mapped[list[RequestStep]] = relationship(order_by="RequestStep.id", cascade="all, delete-orphan")
    package: Mapped[Package | None] = relationship()

    @property
    def latest(self) -> RequestStep:
        """What happened last: where the request stands."""
        return self.steps[-1]


class StepKind(Enum):
    """What happened to a request. Together the steps are its log: none is ever changed."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    FETCHED = "fetched"


@never_changes
class RequestStep(Model):
    __tablename__ = "request_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("data_requests.id", ondelete="CASCADE"), index=True)
    kind: Mapped[StepKind]
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: Who decided; empty for what the researcher did.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: Why, in the words of whoever decided.
    reason: Mapped[str] = mapped_column(Text, default="")

    account: Mapped[Account | None] = relationship()
