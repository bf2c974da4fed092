"""The dossier of a proposed AI system: a draft that changes, and versions that never do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.database import Model, Moment, never_changes, now
from participation.organisations.models import Organisation

#: A dossier as data: see participation.deployments.schema.json_schema.
Content = dict[str, Any]


class Deployment(Model):
    """One proposed AI system. Its public facts are in its versions."""

    __tablename__ = "deployments"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Its name in every address.
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    #: Whose members may change the draft; empty for one that an operator brought in.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    #: The organisation that answers for it, as it calls itself.
    owner: Mapped[str] = mapped_column(String(200))
    #: ISO 3166-1, two capital letters; "ZZ" where there is none.
    country: Mapped[str] = mapped_column(String(2))
    #: The language in which every text exists; others fall back to it.
    main_language: Mapped[str] = mapped_column(String(16))
    #: What the next version will say, checked against the schema.
    draft: Mapped[Content] = mapped_column(JSON)
    #: How often each section of the draft has changed, by its key: two people who write at once find out.
    section_revisions: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    organisation: Mapped[Organisation | None] = relationship()
    versions: Mapped[list[DossierVersion]] = relationship(
        order_by="DossierVersion.number", back_populates="deployment"
    )

    def revision_of(self, section: str) -> int:
        """How often a section of the draft has changed."""
        return (self.section_revisions or {}).get(section, 0)

    @property
    def latest(self) -> DossierVersion | None:
        """The version that the public sees first. Costs a query the first time."""
        return self.versions[-1] if self.versions else None


@never_changes
class DossierVersion(Model):
    """What a dossier said when it was published."""

    __tablename__ = "dossier_versions"
    __table_args__ = (UniqueConstraint("deployment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployments.id", ondelete="CASCADE"))
    #: Counts from one within the deployment.
    number: Mapped[int]
    content: Mapped[Content] = mapped_column(JSON)
    #: SHA-256 of the content as canonical JSON, in hexadecimal.
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(Moment, default=now)

    deployment: Mapped[Deployment] = relationship(back_populates="versions")


class DossierTranslation(Model):
    """One making of a text of a dossier in another language, beside the versions, which never change.

    None is ever deleted. The latest one of a place and a language holds, as long as it is not taken back, and
    it is read wherever a version says what it was made from.
    """

    __tablename__ = "dossier_translations"

    id: Mapped[int] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployments.id", ondelete="CASCADE"), index=True)
    #: Where the text stands in the dossier: see `texts_in`.
    place: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    made_from: Mapped[str] = mapped_column(Text)
    #: Who translated it; empty for machines.
    translator_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    by_machine: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: The second person who found it right, and when.
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)
    taken_back_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def is_unchecked_machines(self) -> bool:
        return self.by_machine and self.reviewed_at is None
