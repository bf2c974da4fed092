"""A consultation, what it asks in each language, who runs it and who takes part."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from participation.database import Model, Moment, never_changes, now
from participation.deployments.models import DossierVersion
from participation.organisations.models import Organisation, Role


class Phase(Enum):
    """Where a consultation stands. Worked out from its dates whenever it is asked for."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"


class Admission(Enum):
    """Who may take part, and so how sure one is that a participant is a person of their own."""

    OPEN = "open"
    #: The person has confirmed an e-mail address.
    EMAIL = "email"
    CODE = "code"


class Channel(Enum):
    """By which way a person takes part. Each takes part by one; all that they give came by it."""

    ONLINE = "online"
    #: On a printed sheet, whose answers somebody typed in.
    PAPER = "paper"
    #: On a device that stands somewhere for everybody.
    KIOSK = "kiosk"
    #: Together with others in a room, on a phone of their own.
    GROUP = "group"


class Consultation(Model):
    __tablename__ = "consultations"
    __table_args__ = (CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Its name in every address.
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    #: Who runs it; empty for one that was brought in from elsewhere.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    #: The language in which every text exists; others fall back to it.
    main_language: Mapped[str] = mapped_column(String(16))
    opens_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    #: The moment after which people vote only; empty if they may write until it closes.
    statements_until: Mapped[datetime | None] = mapped_column(Moment)
    #: The IANA name of the time zone in which its days begin and end.
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    admission: Mapped[Admission] = mapped_column(default=Admission.OPEN)
    #: The day by which the decision maker has promised to answer.
    responds_by: Mapped[date | None]
    #: What people read about the proposed system before they voted; empty if there is no dossier.
    dossier_version_id: Mapped[int | None] = mapped_column(ForeignKey("dossier_versions.id"))
    #: When a facilitator let the public see it; empty for a draft.
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    #: Whether the people and votes in it are made up, which every page then says.
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    #: Whether everybody may read interim results; if not, nobody may before it closes.
    shows_interim_results: Mapped[bool] = mapped_column(default=True)
    #: Whether everybody gets the single votes after closing, under random numbers; if not, only counts of many.
    publishes_votes: Mapped[bool] = mapped_column(default=False)
    #: Counts the changes to what is put before participants: statements, their texts, their weights.
    deck_revision: Mapped[int] = mapped_column(default=0)
    #: Counts the times that its texts and dates were saved, so that no editor overwrites another unseen.
    edition: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    texts: Mapped[dict[str, ConsultationText]] = relationship(
        collection_class=attribute_keyed_dict("language"), cascade="all, delete-orphan"
    )
    dossier_version: Mapped[DossierVersion | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    def phase(self, at: datetime | None = None) -> Phase:
        """Where it stands at a moment, by default now."""
        moment = at or now()
        if self.published_at is None:
            return Phase.DRAFT
        if moment < self.opens_at:
            return Phase.ANNOUNCED
        return Phase.OPEN if moment < self.closes_at else Phase.CLOSED

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_open(self) -> bool:
        return self.phase() is Phase.OPEN

    @property
    def is_closed(self) -> bool:
        return self.phase() is Phase.CLOSED

    @property
    def hides_results(self) -> bool:
        """Whether no page may say anything of the votes now, not even to those who run it."""
        return not self.shows_interim_results and not self.is_closed

    @property
    def takes_statements(self) -> bool:
        """Whether participants may write statements now, not only vote."""
        return self.is_open and (self.statements_until is None or now() < self.statements_until)

    @property
    def first_moment(self) -> datetime:
        """When it opens, in its time zone."""
        return self.local(self.opens_at)

    @property
    def last_moment(self) -> datetime:
        """The last moment at which it is open, in its time zone: what "until" means on a page."""
        return self._last_before(self.closes_at)

    @property
    def last_moment_to_write(self) -> datetime | None:
        """The last moment for new statements, in its time zone, if that is before the last one for votes."""
        return self._last_before(self.statements_until) if self.statements_until else None

    def _last_before(self, moment: datetime) -> datetime:
        return self.local(moment - timedelta(microseconds=1))

    def local(self, moment: datetime) -> datetime:
        """The same moment on the clocks of its time zone."""
        return moment.astimezone(ZoneInfo(self.time_zone))

    @property
    def languages(self) -> list[str]:
        """Its languages, the main one first. Costs a query the first time."""
        return sorted(self.texts, key=lambda tag: (tag != self.main_language, tag))


class ConsultationText(Model):
    """What a consultation says of itself in one language."""

    __tablename__ = "consultation_texts"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    #: What is asked, in one sentence.
    question: Mapped[str] = mapped_column(String(300))
    #: What is proposed, in plain words; Markdown. Its first paragraph is also read by itself.
    summary: Mapped[str] = mapped_column(Text)
    #: Who decides, what can still change, and how the answers are used; empty if nobody has said so.
    decision_maker: Mapped[str] = mapped_column(String(200), default="")
    still_open: Mapped[str] = mapped_column(String(500), default="")
    use_of_answers: Mapped[str] = mapped_column(String(500), default="")
    #: The policy of moderation: which statements are published, which are not, and who decides that; Markdown.
    moderation: Mapped[str] = mapped_column(Text, default="")

    def words(self) -> dict[str, str]:
        """What it says, by the names in TEXT_FIELDS."""
        return {name: getattr(self, name) or "" for name in TEXT_FIELDS}


#: What is said in every language, by name; what people fill in and what an export carries.
TEXT_FIELDS = ("title", "question", "summary", "decision_maker", "still_open", "use_of_answers", "moderation")


class TranslatedText(Model):
    """One making of a consultation's texts in another language than its main one; none is ever deleted.

    It tells of the text that stands there now only while that says the same words.
    """

    __tablename__ = "translated_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
    language: Mapped[str] = mapped_column(String(16))
    #: What it says, and what the main language said when it was made; by the names in TEXT_FIELDS.
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    made_from: Mapped[dict[str, str]] = mapped_column(JSON)
    #: Who translated it; empty for machines and imports.
    translator_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    by_machine: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: The second person who found it right, and when.
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)


@never_changes
class Correction(Model):
    """A change of the main language's texts after the public had seen them, for everybody to read. None is deleted."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
    #: What the texts that were changed said before, and what they said then; by the names in TEXT_FIELDS.
    before: Mapped[dict[str, str]] = mapped_column(JSON)
    after: Mapped[dict[str, str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(300))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Membership(Model):
    """What an account is to one consultation, beside what it is to the organisation that runs it."""

    __tablename__ = "memberships"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role]


class Participant(Model):
    """Somebody who takes part in one consultation. Nothing here leads to a person or to another consultation."""

    __tablename__ = "participants"
    __table_args__ = (
        # The target of votes' and statements' double keys: see Vote.
        UniqueConstraint("id", "consultation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
    #: The language of the page on which they first voted; empty once they had themselves erased.
    language: Mapped[str | None] = mapped_column(String(16))
    channel: Mapped[Channel] = mapped_column(default=Channel.ONLINE)


class HeldCredential(Model):
    """What shows that a browser is a participant's: one for each browser from which they take part.

    People who were brought in by an import, or who had themselves erased, have none: nobody can be them.
    """

    __tablename__ = "held_credentials"
    __table_args__ = (
        ForeignKeyConstraint(
            ["participant_id", "consultation_id"],
            ["participants.id", "participants.consultation_id"],
            name="fk_held_credentials_participant",
            ondelete="CASCADE",
        ),
    )

    #: SHA-256 of the secret in that browser's cookie.
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    participant_id: Mapped[int] = mapped_column(index=True)
    consultation_id: Mapped[int]
