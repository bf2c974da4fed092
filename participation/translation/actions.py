"""A machine is asked to translate what is missing, and the worker has it done: a batch at a time, never in a request.

Between a question to the service and its answer no transaction is open. Each text is saved by itself, after
a look at what stands there now: a person who was faster stays.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from participation.consultations.models import Consultation
from participation.consultations.translations import BetterTextError
from participation.database import db, insert_unless_there, now
from participation.deployments.translations import BetterDossierTextError
from participation.errors import DomainError
from participation.statements.translations import BetterTranslationError
from participation.translation.batches import MOST_TEXTS, batches_of, fits, joined, pieces_of
from participation.translation.desk import save
from participation.translation.libretranslate import TranslationError, translate
from participation.translation.models import MachineRequest, Problem
from participation.translation.queries import items_of, translate_settings_here

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from participation.translation.items import Item, Kind, Words
    from participation.translation.settings import TranslateSettings

# Other work of the worker waits meanwhile.
SECONDS_AT_ONCE = 20
FIRST_REST = timedelta(minutes=1)
# A service that says "again at once" is not believed.
SHORTEST_REST = timedelta(seconds=5)
MOST_ATTEMPTS = 6
# Trying again helps against these; the others need a person.
PASSING = {Problem.BUSY, Problem.UNREACHABLE}

log = structlog.get_logger()


class NoMachineError(DomainError):
    message = _l("No machine translates on this site. Whoever runs it can set one up.")


class NotPublicYetError(DomainError):
    message = _l(
        "A draft is not sent to a machine. Publish the consultation first, or translate it yourself."
    )


def ask_machine(consultation: Consultation, language: str) -> None:
    """Have a machine translate what is missing in a language, soon. Asking again tries again.

    Raises:
        NoMachineError, NotPublicYetError

    """
    if translate_settings_here() is None:
        raise NoMachineError
    if not consultation.is_published:
        raise NotPublicYetError
    insert_unless_there(
        MachineRequest,
        consultation_id=consultation.id,
        language=language,
        due_at=now(),
        attempts=0,
        problem=None,
    )
    db.session.execute(
        update(MachineRequest)
        .where(MachineRequest.consultation_id == consultation.id, MachineRequest.language == language)
        .values(due_at=now(), attempts=0, problem=None)
    )
    db.session.commit()


def work_on_request(request_id: int) -> None:
    """Translate for a while. The request is deleted when nothing is left to do."""
    settings, request = translate_settings_here(), db.session.get(MachineRequest, request_id)
    consultation = db.session.get(Consultation, request.consultation_id) if request else None
    if settings is None or request is None or consultation is None or not consultation.is_published:
        return
    items = items_of(consultation, [request.language])[request.language]
    ends_at = time.monotonic() + SECONDS_AT_ONCE
    saved = unusable = 0
    for several in _together([item for item in items if item.wants_machine]):
        if time.monotonic() > ends_at and not unusable:
            return
        try:
            texts = _translated(several, settings)
        except TranslationError as error:
            _rest(request_id, error, in_vain=not saved)
            return
        for item, words in zip(several, texts, strict=True):
            if fits(words, item):
                _save(consultation, item, words)
                saved += 1
            else:
                unusable += 1
    if unusable:
        _rest(request_id, TranslationError(Problem.UNREADABLE), in_vain=True)
    else:
        db.session.execute(delete(MachineRequest).where(MachineRequest.id == request_id))
        db.session.commit()


def _together(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Items from one language, as many as are asked about and then saved together."""
    by_source: dict[tuple[str, Kind], list[Item]] = {}
    for item in items:
        by_source.setdefault((item.source_language, item.kind), []).append(item)
    for alike in by_source.values():
        for start in range(0, len(alike), MOST_TEXTS):
            yield alike[start : start + MOST_TEXTS]


def _translated(items: Sequence[Item], settings: TranslateSettings) -> list[Words]:
    """The words of each item in its language. No transaction is open while the service thinks.

    Raises:
        TranslationError

    """
    db.session.rollback()
    cut = [{name: pieces_of(text) for name, text in item.source.items()} for item in items]
    words = [piece.words for item in cut for pieces in item.values() for piece in pieces if piece.words]
    answers: list[str] = []
    for batch in batches_of(words):
        answers += translate(batch, items[0].source_language, items[0].language, settings)
    left = iter(answers)
    return [{name: joined(pieces, left) for name, pieces in item.items()} for item in cut]


def _save(consultation: Consultation, item: Item, words: Words) -> None:
    """Keep a machine's words, unless a person was faster."""
    try:
        save(consultation, item, words, by=None, made_from=item.source)
    except (BetterTextError, BetterTranslationError, BetterDossierTextError):
        log.info("a person has translated what a machine was asked to", key=item.key)


def _rest(request_id: int, error: TranslationError, *, in_vain: bool) -> None:
    """Write down what went wrong, and when to try again: not at all if that would not help."""
    db.session.rollback()
    request = db.session.get(MachineRequest, request_id)
    if request is None:
        return
    request.attempts = request.attempts + 1 if in_vain else 1
    request.problem = error.problem
    wait = max(error.rest or FIRST_REST * 4 ** (request.attempts - 1), SHORTEST_REST)
    gives_up = error.problem not in PASSING or request.attempts >= MOST_ATTEMPTS
    request.due_at = None if gives_up else now() + wait
    db.session.commit()
    log.warning("a machine has not translated", problem=error.problem.value, attempts=request.attempts)
