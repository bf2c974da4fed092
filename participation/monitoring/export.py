"""The picture as one file, one figure a line, for people who check with a spreadsheet or a program."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from participation.consultations.models import Consultation
    from participation.monitoring.missing import Asked
    from participation.monitoring.picture import Picture
    from participation.monitoring.weighing import Weighed
    from participation.opinions.integrity import Integrity

    Row = tuple[object, ...]

COLUMNS = ("part", "what", "measure", "value")
# Shares are told in whole per cent: more digits would be counts.
DIGITS = 2


def everything_as_csv(
    consultation: Consultation,
    picture: Picture,
    asked: Iterable[Asked],
    weighed: Weighed | None,
    integrity: Integrity | None,
) -> str:
    """Every figure of the page. A value that is not shown there is empty here."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(_figures(picture))
    writer.writerows(_lines(picture))
    writer.writerows(_who(consultation, asked))
    writer.writerows(_weights(weighed) if weighed else ())
    writer.writerows(_signs(integrity) if integrity else ())
    return file.getvalue()


def _figures(picture: Picture) -> Iterator[Row]:
    low, middle, high = picture.per_person
    yield from (
        ("all", "", "people", picture.people),
        ("all", "", "votes", picture.votes),
        ("all", "", "votes_per_person_lower_quartile", low),
        ("all", "", "votes_per_person_median", middle),
        ("all", "", "votes_per_person_upper_quartile", high),
        ("statements", "", "submitted", picture.submitted),
        ("statements", "", "published", picture.published),
        ("statements", "", "rejected", picture.rejected),
        ("statements", "", "waiting", picture.backlog.waiting),
        ("statements", "", "oldest_waiting_days", picture.backlog.oldest),
        ("statements", "", "median_waiting_days", picture.backlog.median),
    )


def _lines(picture: Picture) -> Iterator[Row]:
    for day in picture.days:
        yield from (("day", day.day, name, getattr(day, name)) for name in ("people", "votes"))
    for language in picture.languages:
        yield "language", language.tag or "unknown", "people", language.people
    for each_way in picture.channels:
        name = each_way.channel.value
        yield from (("channel", name, what, getattr(each_way, what)) for what in ("people", "votes"))
    for each in picture.coverage:
        for name in ("votes", "drawn", "put_off", "seen"):
            yield "statement", each.number, name, getattr(each, name)
        yield "statement", each.number, "share_of_people", round(each.share_of_people, DIGITS)
        yield "statement", each.number, "is_under_seen", int(each.is_under_seen)


def _who(consultation: Consultation, asked: Iterable[Asked]) -> Iterator[Row]:
    """Shares between which those lie who gave an answer, by question and answer in the main language."""
    for question in asked:
        choices = question.texts[consultation.main_language].choices
        for choice, part in zip(choices, question.parts or (), strict=False):
            what = f"{question.number}: {choice}"
            yield "answer", what, "share_at_least", round(part.low, DIGITS)
            yield "answer", what, "share_at_most", round(part.high, DIGITS)
        for choice, share in zip(choices, question.margin.shares if question.margin else (), strict=False):
            yield "answer", f"{question.number}: {choice}", "share_of_population", round(share, DIGITS)


def _weights(weighed: Weighed) -> Iterator[Row]:
    yield "weighting", "", "answered_at_least", weighed.answered
    yield "weighting", "", "effective_at_least", weighed.effective
    for each in weighed.common_ground or ():
        for name in ("unweighted", "weighted", "low", "high"):
            share = getattr(each.share, name) if each.share else None
            what = f"share_{each.finding.direction}_{name}"
            yield "weighting", each.finding.number, what, None if share is None else round(share, DIGITS)


def _signs(integrity: Integrity) -> Iterator[Row]:
    """What is conspicuous, and the results with all accounts and without these."""
    yield "integrity", "", "conspicuous_accounts", integrity.conspicuous
    for sign in integrity.signs:
        yield "integrity", sign.reason, "accounts", sign.accounts
    # Without anything to compare, the results are where they always are.
    if integrity.without:
        for name, results in (("with_all", integrity.with_all), ("without", integrity.without)):
            for measure in ("people", "groups", "common_ground"):
                yield "integrity", name, measure, getattr(results, measure)
