"""How a worker takes a piece of work, keeps it and lets go of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_, update

from participation.database import db, insert_unless_there, now
from participation.jobs.models import Claim, Worker

A_CLAIM_LASTS = timedelta(seconds=20)
# After this long without a sign of life a worker is taken for dead.
SILENCE_OF_THE_DEAD = timedelta(minutes=2)


def claim(subject: str, worker: str) -> bool:
    """Take a piece of work, unless another worker has it. Of those who ask at once, one gets it."""
    insert_unless_there(Claim, subject=subject, worker=worker, expires_at=now() + A_CLAIM_LASTS)
    taken = db.session.execute(
        update(Claim)
        .where(Claim.subject == subject, or_(Claim.worker == worker, Claim.expires_at < now()))
        .values(worker=worker, expires_at=now() + A_CLAIM_LASTS)
        .returning(Claim.subject)
    ).first()
    db.session.commit()
    return taken is not None


def release(subject: str, worker: str) -> None:
    """Let others have a piece of work."""
    db.session.execute(delete(Claim).where(Claim.subject == subject, Claim.worker == worker))
    db.session.commit()


def report_alive(worker: str) -> None:
    """Give a sign of life: keep this worker's claims, and forget workers that are long silent."""
    insert_unless_there(Worker, name=worker, seen_at=now())
    db.session.execute(update(Worker).where(Worker.name == worker).values(seen_at=now()))
    db.session.execute(update(Claim).where(Claim.worker == worker).values(expires_at=now() + A_CLAIM_LASTS))
    db.session.execute(delete(Worker).where(Worker.seen_at < now() - SILENCE_OF_THE_DEAD))
    db.session.commit()
