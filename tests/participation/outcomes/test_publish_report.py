"""A report is published: it is frozen, corrected in the open, and refused where it would not hold."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from deliberation.ballot import Choice
from participation.consultations.actions import ConsultationNotOpenError, revise_deck
from participation.consultations.models import Participant
from participation.consultations.queries import consultation_by_slug
from participation.database import PublishedError, db, now
from participation.fingerprints import fingerprint_of
from participation.following.queries import timeline
from participation.following.timeline import Kind
from participation.jobs.worker import WorkerProcess
from participation.mail.models import Mail
from participation.moderation.models import Decision, Reason, Verdict
from participation.outcomes.actions import (
    PublishedMeanwhileError,
    ReasonMissingError,
    ReportNotReadyError,
    TextEditedMeanwhileError,
    publish_report,
    save_text,
)
from participation.outcomes.gathered.analysis import published_analysis
from participation.outcomes.models import FindingKind, Report
from participation.outcomes.queries import findings_of, latest_report, texts_of, versions_of
from participation.outcomes.removal import facts_without
from participation.statements.models import State
from participation.statements.queries import statements_of
from participation.votes.actions import cast_vote
from tests.builders import (
    make_account,
    make_consultation,
    make_follower,
    make_participant,
    make_votes,
    move_closing,
)
from tests.participation.outcomes.conftest import agreed_by, count
from tests.people import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from participation.consultations.models import Consultation

WHY = {"en": "A date was wrong."}


def blockers_of(consultation: Consultation) -> str:
    with pytest.raises(ReportNotReadyError) as refused:
        publish_report(consultation)
    assert latest_report(consultation.id) is None
    return " ".join(refused.value.blockers)


@pytest.mark.usefixtures("context")
class TestRefused:
    def test_while_people_vote(self) -> None:
        assert "not closed" in blockers_of(make_consultation())

    def test_as_a_draft(self) -> None:
        assert "not closed" in blockers_of(make_consultation(published=False))

    def test_before_the_last_votes_are_counted(self, app: Flask) -> None:
        consultation = make_consultation()
        move_closing(consultation, now())
        WorkerProcess(app).do_what_is_due()
        # A vote may still be on its way in the first minute.
        assert "still being counted" in blockers_of(db.session.merge(consultation))

    def test_on_an_analysis_that_statements_have_left_behind(self, app: Flask) -> None:
        consultation = agreed_by(app)
        revise_deck(consultation)
        db.session.commit()
        assert "still being counted" in blockers_of(consultation)

    def test_without_anybody_who_decides(self, app: Flask) -> None:
        consultation = agreed_by(app)
        consultation.texts["en"].decision_maker = ""
        db.session.commit()
        assert "who decides" in blockers_of(consultation)

    def test_a_correction_without_a_reason_in_the_main_language(self, app: Flask) -> None:
        consultation = agreed_by(app, languages=("en", "fr"))
        publish_report(consultation)
        with pytest.raises(ReasonMissingError):
            publish_report(consultation, {"fr": "Une date."})
        assert len(versions_of(consultation.id)) == 1

    def test_a_second_click_and_a_second_tab(self, app: Flask) -> None:
        consultation = agreed_by(app)
        publish_report(consultation, seen=0)
        with pytest.raises(PublishedMeanwhileError):
            publish_report(consultation, WHY, seen=0)
        assert len(versions_of(consultation.id)) == 1


@pytest.mark.usefixtures("context")
class TestFrozen:
    def test_anybody_can_work_out_its_fingerprint_again(self, app: Flask) -> None:
        consultation = agreed_by(app, languages=("en", "ar", "hi"))
        publish_report(consultation)
        db.session.expire_all()
        report = latest_report(consultation.id)
        assert report
        assert report.sha256 == fingerprint_of({"facts": report.facts, "words": report.words})
        assert set(report.words) == {"en", "ar", "hi"}

    def test_it_cannot_be_changed(self, app: Flask) -> None:
        report = publish_report(agreed_by(app))
        report.sha256 = "0" * 64
        with pytest.raises(PublishedError):
            db.session.commit()
        db.session.rollback()

    def test_what_is_written_later_stands_in_the_next_version_alone(self, app: Flask) -> None:
        consultation = agreed_by(app)
        publish_report(consultation)
        save_text(consultation, "mandate", "en", "We were asked.", edition=0)
        publish_report(consultation, WHY)
        first, second = db.session.query(Report).order_by(Report.number)
        assert "We were asked." not in json.dumps(first.words)
        assert "We were asked." in json.dumps(second.words)
        assert first.facts["method"]["texts_sha256"] != second.facts["method"]["texts_sha256"]

    def test_it_says_nothing_of_any_one_person(self, app: Flask) -> None:
        consultation = agreed_by(app)
        report = publish_report(consultation)
        assert report.facts["map"] is None
        people = {each.id for each in db.session.query(Participant)}
        assert people
        assert not re.search(r"participant_id|secret|\"ballot", json.dumps(report.facts))


@pytest.mark.usefixtures("context")
def test_three_people_get_a_report_without_groups_and_with_its_limit(app: Flask) -> None:
    consultation = make_consultation()
    make_votes(consultation, statements_of(consultation.id)[0], [Choice.AGREE, Choice.AGREE, Choice.PASS])
    report = publish_report(count(app, consultation))
    said = json.dumps(report.words["en"])
    assert "Only 3 people's votes were analysed" in said
    assert "Too few people voted to speak of groups" in said
    assert (report.facts["analysis"]["groups"], report.facts["findings"]) == ([], [])
    # Any two of the three could tell what the third has said.
    first = report.facts["analysis"]["statements"][0]
    assert (first["votes"], first["agree"], first["pass"]) == (3, None, None)
    assert report.facts["participation"]["pass_rate"] is None
    assert report.facts["participation"]["votes_per_voter"] is None


def test_a_group_of_three_voters_is_withheld_and_so_is_what_would_tell_it() -> None:
    def share(number: int, of: int) -> dict[str, object]:
        return {"count": number, "total": of, "share": number / of, "low": 0.0, "high": 1.0}

    def tally(votes: int) -> dict[str, object]:
        return {
            "votes": votes,
            "agree": share(votes, votes),
            "disagree": share(0, votes),
            "pass": share(0, votes),
        }

    derived = dict.fromkeys(("common_ground", "common_ground_agree", "common_ground_disagree"), 0.6)
    statement = {"id": 1, **tally(63), "groups": [tally(40), tally(20), tally(3)], **derived}
    statement |= {"divisiveness": 0.7, "uncertainty": 0.1, "enough_votes": True}
    voice = {"statement_id": 1, "direction": "agree", "share_in_group": 1.0, "share_elsewhere": 0.2}
    voice |= {"effect": 0.8, "low": 0.1, "high": 0.9}
    group = {"id": 1, "size": 20, "stability": 0.9, "found_again": 9, "voices": [voice]}
    stored = {**A_BARE_ANALYSIS, "statements": [statement], "groups": [group] * 3, "number_of_groups": 3}
    shown = published_analysis(stored, {1})
    (told,) = shown["statements"]
    assert [cell and cell["votes"] for cell in told["groups"]] == [40, None, None]
    assert (told["divisiveness"], told["common_ground_agree"]) == (None, None)
    assert [each["voices"] for each in shown["groups"]] == [[], [], []]


A_BARE_ANALYSIS = {
    "schema_version": "1",
    "provenance": {"method": "m", "code_version": "c", "votes_fingerprint": "v", "settings": {}},
    **dict.fromkeys(("number_of_participants", "number_of_votes", "resamples"), 63),
    **dict.fromkeys(("too_few_for_groups", "evidence", "stability", "axes_beyond_chance"), None),
    "share_unassigned": 0.0,
    "slate": {"statement_ids": [], "coverage": [], "counted_coverage": []},
    **{key: [] for key in ("integrity", "sensitivity", "participants")},
}


@pytest.mark.usefixtures("context")
class TestFindings:
    def test_what_all_share_is_put_to_the_authority(self, app: Flask) -> None:
        consultation = agreed_by(app)
        publish_report(consultation)
        first, second, _third = statements_of(consultation.id)
        assert [(each.number, each.kind, each.statement_id) for each in findings_of(consultation.id)] == [
            (1, FindingKind.SHARED_AGREEMENT, first.id),
            (2, FindingKind.SHARED_DISAGREEMENT, second.id),
        ]

    def test_they_keep_their_numbers_and_what_is_found_no_more_is_withdrawn(self, app: Flask) -> None:
        consultation = agreed_by(app)
        publish_report(consultation)
        first, _second, third = statements_of(consultation.id)
        consultation = self._move(app, consultation, first.id, State.REJECTED)
        second_version = publish_report(consultation, WHY)
        withdrawn, stands = findings_of(consultation.id)
        assert (withdrawn.number, withdrawn.withdrawn_in) == (1, second_version)
        assert (stands.number, stands.is_withdrawn) == (2, False)
        assert [each["number"] for each in second_version.facts["findings"]] == [2]
        assert third.id not in {each.statement_id for each in findings_of(consultation.id)}

        consultation = self._move(app, consultation, first.id, State.PUBLISHED)
        publish_report(consultation, WHY)
        assert [(each.number, each.is_withdrawn) for each in findings_of(consultation.id)] == [
            (1, False),
            (2, False),
        ]

    @staticmethod
    def _move(app: Flask, consultation: Consultation, statement_id: int, state: State) -> Consultation:
        """Take a statement out of the vote, or put it in again, and have the worker count once more."""
        slug = consultation.slug
        revise_deck(consultation)
        next(each for each in statements_of(consultation.id) if each.id == statement_id).state = state
        db.session.commit()
        WorkerProcess(app).do_what_is_due()
        found = consultation_by_slug(slug)
        assert found
        return found

    def test_two_sides_without_groups_are_the_strongest_disagreement(self, app: Flask) -> None:
        consultation = make_consultation()
        first, *_others = statements_of(consultation.id)
        make_votes(consultation, first, [Choice.AGREE, Choice.DISAGREE] * 20)
        report = publish_report(count(app, consultation))
        assert [each["kind"] for each in report.facts["findings"]] == ["divides"]

    def test_many_passes_are_a_finding_too(self, app: Flask) -> None:
        consultation = make_consultation()
        first, *_others = statements_of(consultation.id)
        make_votes(consultation, first, [Choice.PASS] * 12)
        report = publish_report(count(app, consultation))
        assert [each["kind"] for each in report.facts["findings"]] == ["uncertain"]


@pytest.mark.usefixtures("context")
class TestOwnWords:
    def test_two_people_who_write_at_once_find_out(self, app: Flask) -> None:
        consultation = agreed_by(app)
        assert save_text(consultation, "mandate", "en", "Hers.", edition=0) == 1
        with pytest.raises(TextEditedMeanwhileError):
            save_text(consultation, "mandate", "en", "His.", edition=0)
        assert texts_of(consultation.id)["mandate", "en"].text == "Hers."
        assert save_text(consultation, "mandate", "en", "Hers.", edition=0) == 1
        assert save_text(consultation, "mandate", "en", "Both.", edition=1) == 2


def test_those_who_follow_get_one_mail_for_each_version(app: Flask) -> None:
    with app.app_context():
        consultation = agreed_by(app)
        make_follower(consultation)
        publish_report(consultation)
        kinds = [event.kind for event in timeline(consultation)]
        assert kinds[-1] is Kind.REPORT
        publish_report(consultation, WHY)
        assert [event.name for event in timeline(consultation)][-2:] == ["report", "corrected-2"]
        WorkerProcess(app).do_what_is_due()
        keys = [mail.key.partition(":")[2] for mail in db.session.query(Mail)]
    assert [keys.count(name) for name in ("report", "corrected-2")] == [1, 1]


class TestCommand:
    def test_it_publishes_and_says_the_fingerprint(self, app: Flask) -> None:
        with app.app_context():
            slug = agreed_by(app).slug
        runner = app.test_cli_runner()
        first = runner.invoke(args=["outcome", "publish", slug])
        assert first.exit_code == 0
        assert re.search(r"version 1 .* SHA-256 [0-9a-f]{64}", first.output)
        again = runner.invoke(args=["outcome", "publish", slug])
        assert again.exit_code == 1
        assert "--reason" in again.output
        assert "version 2" in runner.invoke(args=["outcome", "publish", slug, "--reason", "A date."]).output

    def test_it_says_what_is_missing(self, app: Flask) -> None:
        with app.app_context():
            slug = make_consultation().slug
        refused = app.test_cli_runner().invoke(args=["outcome", "publish", slug])
        assert refused.exit_code == 1
        assert "not closed" in refused.output
        unknown = app.test_cli_runner().invoke(args=["outcome", "publish", "nowhere"])
        assert "no consultation called nowhere" in unknown.output


def test_a_vote_after_the_report_is_impossible_so_its_numbers_stand(app: Flask) -> None:
    with app.app_context():
        consultation = agreed_by(app)
        publish_report(consultation)
        amina = make_participant(consultation).id
        with pytest.raises(ConsultationNotOpenError):
            cast_vote(consultation, amina, statements_of(consultation.id)[0].id, Choice.AGREE)


class TestPages:
    def test_the_outcome_gives_way_to_the_report(self, app: Flask) -> None:
        with app.app_context():
            consultation = agreed_by(app)
            slug = consultation.slug
        reader = Visitor(app)
        assert "What came of it" in reader.opens(f"/c/{slug}/report").html.h1.get_text()
        with app.app_context():
            publish_report(db.session.merge(consultation))
        page = reader.opens(f"/c/{slug}/outcome")
        assert page.html.h1.get_text().startswith("Report:")
        assert len(page.html.select(".report__section")) == 17
        assert page.html.select_one("#statement-1")
        assert reader.client.get(f"/en/c/{slug}/outcome.json").status_code == 200
        votes = reader.client.get(f"/en/c/{slug}/outcome.zip")
        assert votes.location.endswith(f"/c/{slug}/data"), "the votes are in the package alone"

    def test_an_old_version_says_what_replaced_it_and_why(self, app: Flask) -> None:
        with app.app_context():
            consultation = agreed_by(app, languages=("en", "fr"))
            slug = consultation.slug
            first = publish_report(consultation).sha256
            publish_report(consultation, WHY | {"fr": "Une date était fausse."})
        old = Visitor(app).opens(f"/c/{slug}/report/1")
        assert "This version was replaced by version 2" in old.text
        assert "A date was wrong." in old.text
        assert first in old.text
        assert "Une date était fausse." in Visitor(app, "fr").opens(f"/c/{slug}/report/1").text
        assert "It corrects version" not in old.text
        newest = Visitor(app).opens(f"/c/{slug}/report")
        said = newest.html.select_one("main .notice")
        assert "This is version 2. It corrects version 1" in said.get_text(" ", strip=True)
        assert "A date was wrong." in said.get_text()
        assert said.a["href"].endswith("/report/1")
        assert "was replaced" not in newest.text
        assert newest.html.select_one("link[rel=canonical]")["href"].endswith("/report/2")
        assert Visitor(app).opens(f"/c/{slug}/report/3").status == 404

    def test_words_that_turn_out_to_name_a_neighbour_are_shown_no_more(self, app: Flask) -> None:
        with app.app_context():
            fatima = make_account("Fatima")
            consultation = agreed_by(
                app, facilitator=fatima, seeds=("My neighbour cheats.", "Two.", "Three.")
            )
            slug, report = consultation.slug, publish_report(consultation)
            first = statements_of(consultation.id)[0]
            before = Visitor(app).opens(f"/c/{slug}/report").text
            assert "neighbour" in before
            assert "This version never changes." in before
            db.session.add(
                Decision(statement_id=first.id, verdict=Verdict.REJECT, reason=Reason.PERSONAL_DATA)
            )
            first.state = State.REJECTED
            db.session.commit()
            page = Visitor(app).opens(f"/c/{slug}/report")
            assert "neighbour" not in page.text
            assert "Its words were removed" in page.html.select_one("#statement-1").get_text()
            assert report.sha256 in page.text
            assert "The words of 1 statement were removed since" in page.text
            assert "This version never changes." not in page.text
            assert "neighbour" not in json.dumps(facts_without(report.facts, {1}))

    def test_a_language_that_the_report_does_not_have_gets_the_main_one_marked(self, app: Flask) -> None:
        with app.app_context():
            consultation = agreed_by(app, languages=("fr", "en"))
            slug = consultation.slug
            publish_report(consultation)
        body = Visitor(app, "sv").opens(f"/c/{slug}/report").html.select_one(".report")
        assert body["lang"] == "fr"
