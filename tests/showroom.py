"""Every page with something on it: the rows behind them, and how each route's address is filled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from deliberation.ballot import Choice
from participation.accounts.tokens import Purpose, sign
from participation.admission.actions import make_codes
from participation.admission.addresses import sign_entry
from participation.building.corrections import correct_texts
from participation.consultations.models import Admission, Participant
from participation.consultations.queries import consultation_by_slug
from participation.contributions.actions import offer_link
from participation.database import db, now
from participation.demonstration.dossier import load_dossier
from participation.deployments.actions import publish_version, save_draft
from participation.following.tokens import sign_follower, sign_question
from participation.jobs.worker import WorkerProcess
from participation.moderation.actions import decide
from participation.moderation.models import Reason, Verdict
from participation.opinions.reading import opinions_of
from participation.organisations.actions import create_organisation
from participation.organisations.inviting import Handing, invite
from participation.organisations.models import Kind, Role
from participation.organisations.queries import organisation_by_slug
from participation.outcomes.actions import publish_report, save_text
from participation.outcomes.queries import findings_of
from participation.packages.actions import ask_for_votes
from participation.packages.actions import decide as decide_request
from participation.packages.models import StepKind
from participation.packages.queries import requests_of
from participation.paper.actions import open_batch, print_sheets
from participation.paper.batches import enter_sheet
from participation.paper.counting import withdraw_batch
from participation.previews.actions import comment, make_link
from participation.previews.tokens import sign_link
from participation.responses.actions import (
    Condition,
    Reply,
    Ruling,
    add_milestone,
    move_milestone,
    publish_answer,
    record_decision,
)
from participation.responses.models import Course, MilestoneStep, Progress
from participation.responses.models import Verdict as Answering
from participation.responses.queries import milestones_of
from participation.rooms.actions import lead_on, open_session
from participation.statements.models import StatementText
from participation.statements.queries import statement_with_text, statements_of
from participation.votes.actions import cast_vote
from tests.builders import (
    make_account,
    make_camps,
    make_consultation,
    make_follower,
    make_participant,
    make_question,
    move_closing,
)
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask

    from participation.accounts.models import Account
    from participation.consultations.models import Consultation
    from participation.responses.models import Link
    from tests.people import Visitor

Who = Literal["citizen", "newcomer", "facilitator", "kiosk"]
ARABIC = (
    "يجب أن ينشر المجلس كل عام عدد المرات التي أخطأ فيها النموذج، وعلى من وقع الخطأ، "
    "وما الذي فعله بعد ذلك، بكلمات يفهمها الجميع."
)
ENGLISH = (
    "The council publishes every year how often the model was wrong, for whom, "
    "and what was done about it, in words that all understand."
)
PEOPLE = 120
WRITTEN = (
    "Train the case workers first.",
    "Who pays for this?",
    "Nobody has read this one yet.",
    "Explain it to them.",
)


@dataclass(frozen=True)
class Address:
    """A page, who looks at it, and what the answer is."""

    endpoint: str
    who: Who = "citizen"
    consultation: str | None = None
    query: str = ""
    status: int = 200
    #: The version of a dossier.
    number: int | None = None
    #: The link in a mail that leads to the page.
    token: str | None = None
    #: The section of a dossier.
    key: str | None = None

    def __str__(self) -> str:
        number = self.number and str(self.number)
        parts = (self.endpoint, self.consultation, self.token, self.key, self.who, self.query, number)
        return "-".join(part for part in parts if part)


# Every GET route with a page behind it. A new route fails test_pages until it stands here or in NO_PAGES.
PAGES = (
    Address("consultations.home", "newcomer"),
    Address("accounts.sign_in", "newcomer"),
    Address("design.design", "newcomer"),
    Address("organisations.found", "facilitator"),
    Address("organisations.people", "facilitator", consultation="organisation"),
    Address("description.edit", "facilitator", consultation="organisation"),
    Address("invitations.show", "newcomer", token="invitation"),
    Address("recovery.forgotten", "newcomer"),
    Address("recovery.new_password", "newcomer", token="password"),
    Address("recovery.new_password", "newcomer", token="forged", status=410),
    Address("recovery.address", "facilitator"),
    Address("recovery.new_address", "newcomer", token="address"),
    Address("own_account.show", "facilitator"),
    Address("own_account.password", "facilitator"),
    Address("own_account.second_factor", "facilitator"),
    Address("own_account.second_factor_off", "facilitator"),
    Address("accessibility.show", "newcomer"),
    Address("accessibility.complete", "facilitator"),
    Address("consultations.show", consultation="open"),
    Address("deployments.show", "newcomer", consultation="dossier"),
    Address("deployments.version", "newcomer", consultation="dossier", number=1),
    Address("deployments.changes", "newcomer", consultation="dossier", number=2),
    Address("dossiers.desk", "facilitator"),
    Address("dossiers.start", "facilitator", consultation="organisation"),
    Address("dossiers.basics", "facilitator", consultation="dossier"),
    Address("dossiers.section", "facilitator", consultation="dossier", key="risk", query="?beside=ar"),
    Address("dossiers.section", "facilitator", consultation="dossier", key="rights"),
    Address("dossier_draft.overview", "facilitator", consultation="dossier"),
    Address("dossier_draft.preview", "facilitator", consultation="dossier"),
    Address("dossier_draft.publish", "facilitator", consultation="dossier"),
    Address("consultations.show", consultation="closed"),
    Address("votes.vote", consultation="open"),
    Address("votes.yours", consultation="open"),
    Address("votes.embed", "newcomer", consultation="open"),
    Address("votes.embed", "newcomer", consultation="closed"),
    Address("votes.yours", consultation="closed"),
    Address("statements.write", consultation="open"),
    Address("statements.receipt", consultation="open"),
    Address("contributions.yours", consultation="open"),
    Address("contributions.yours", "newcomer", consultation="closed"),
    Address("contributions.data", consultation="open"),
    Address("contributions.erase_me", consultation="open"),
    Address("contributions.device", consultation="open"),
    Address("contributions.continue_here", "newcomer", consultation="open"),
    Address("contributions.continue_here", "citizen", consultation="open"),
    Address("contributions.continue_here", "citizen", consultation="closed", status=410),
    Address("opinions.show", consultation="open"),
    Address("opinions.show", consultation="closed"),
    Address("opinions.show", "newcomer", consultation="hidden"),
    Address("opinions.show", "newcomer", consultation="draft", status=404),
    Address("questions.about_you", consultation="open"),
    Address("questions.about_you", "newcomer", consultation="hidden"),
    Address("opinions.how", "newcomer"),
    Address("outcomes.show", consultation="closed", query="?sort=agree"),
    Address("transparency.show", "newcomer"),
    Address("transparency.proof", "newcomer"),
    Address("transparency.entry", "newcomer"),
    Address("transparency.receipt", "newcomer"),
    Address("receipts.show", consultation="open"),
    Address("receipts.show", consultation="closed"),
    Address("receipts.show", "newcomer", consultation="closed"),
    Address("reports.latest", "newcomer", consultation="reported"),
    Address("reports.version", "newcomer", consultation="reported", number=1),
    Address("responses.show", "newcomer", consultation="reported"),
    Address("responses.show", "newcomer", consultation="closed"),
    Address("responses.desk", "facilitator", consultation="reported"),
    Address("responses.answer", "facilitator", consultation="reported", number=1),
    Address("responses.answer", "facilitator", consultation="reported", number=2),
    Address("responses.decide", "facilitator", consultation="reported"),
    Address("responses.promise", "facilitator", consultation="reported"),
    Address("responses.move", "facilitator", consultation="reported", number=1),
    Address("register.show", "newcomer"),
    Address("register.show", "newcomer", query="?standing=overdue"),
    Address("comparison.show", "newcomer", consultation="closed"),
    Address("comparison.show", "newcomer", consultation="open"),
    Address("reports.review", "newcomer", token="review"),
    Address("reports.review", "newcomer", token="forged", status=410),
    Address("packages.show", "newcomer", consultation="reported"),
    Address("packages.show", "newcomer", consultation="closed"),
    Address("data_requests.ask", "newcomer", consultation="reported"),
    Address("data_requests.answer", "newcomer", consultation="reported", token="granted"),
    Address("data_requests.desk", "facilitator", consultation="reported"),
    Address("report_desk.overview", "facilitator", consultation="reported"),
    Address("report_desk.overview", "facilitator", consultation="open"),
    Address("report_desk.preview", "facilitator", consultation="reported"),
    Address("report_desk.text", "facilitator", consultation="reported"),
    Address("report_desk.publish", "facilitator", consultation="reported"),
    Address("following.subscribe", "newcomer", consultation="open"),
    Address("following.confirm", "newcomer", token="question"),
    Address("following.confirm", "newcomer", token="forged", status=410),
    Address("following.settings", "newcomer", token="follower"),
    Address("following.stop", "newcomer", token="follower"),
    Address("following.stop", "newcomer", token="stopped"),
    Address("consultations.desk", "facilitator"),
    Address("building.create", "facilitator"),
    Address("building.create", "facilitator", query="?template=in-use"),
    Address("building.edit", "facilitator", consultation="draft"),
    Address("corrections.correct", "facilitator", consultation="open"),
    Address("building.seeds", "facilitator", consultation="draft"),
    Address("building.seeds", "facilitator", consultation="open"),
    Address("building.change", "facilitator", consultation="draft", number=1),
    Address("consultations.manage", "facilitator", consultation="draft"),
    Address("consultations.manage", "facilitator", consultation="open"),
    Address("previews.manage", "facilitator", consultation="draft"),
    Address("previews.preview", "newcomer", token="preview"),
    Address("previews.preview", "newcomer", token="forged", status=410),
    Address("admission.manage", "facilitator", consultation="draft"),
    Address("admission.manage", "facilitator", consultation="coded"),
    Address("admission.enter_with_code", "newcomer", consultation="coded"),
    Address("consultations.show", "newcomer", consultation="coded"),
    Address("by_mail.ask", "newcomer", consultation="mailed"),
    Address("by_mail.confirm", "newcomer", consultation="mailed", token="entry"),
    Address("by_mail.confirm", "newcomer", consultation="mailed", token="forged", status=410),
    Address("consultations.show", "newcomer", consultation="mailed"),
    Address("questions.manage", "facilitator", consultation="draft", query="?start=age"),
    Address("questions.manage", "facilitator", consultation="open"),
    Address("opinions.integrity", "facilitator", consultation="closed"),
    Address("opinions.integrity", "facilitator", consultation="open"),
    Address("opinions.integrity", "facilitator", consultation="hidden"),
    Address("monitoring.show", "facilitator", consultation="open"),
    Address("monitoring.show", "facilitator", consultation="closed"),
    Address("monitoring.show", "facilitator", consultation="hidden"),
    Address("monitoring.population", "facilitator", consultation="open", number=1),
    Address("paper.manage", "facilitator", consultation="open"),
    Address("paper.manage", "facilitator", consultation="draft"),
    Address("batches.enter", "facilitator", consultation="open", number=1),
    Address("batches.enter", "facilitator", consultation="open", number=1, query="?sheet={sheet}"),
    Address("paper.sheet", "newcomer", consultation="open"),
    Address("rooms.manage", "facilitator", consultation="open"),
    Address("rooms.screen", "facilitator", consultation="open"),
    Address("room.enter", "newcomer", consultation="open"),
    Address("room.room", "newcomer", consultation="open"),
    Address("room.room", consultation="open"),
    Address("kiosk.start", "kiosk", consultation="open"),
    Address("kiosk.still_here", "kiosk", consultation="open"),
    Address("votes.vote", "kiosk", consultation="hidden"),
    Address("contributions.data", "kiosk", consultation="hidden"),
    Address("moderation.queue", "facilitator", consultation="open"),
    Address("moderation.queue", "facilitator", consultation="draft"),
    Address("moderation.one", "facilitator", consultation="open"),
    Address("moderation_log.rules", "newcomer", consultation="open"),
    Address("moderation_log.log", "newcomer", consultation="open"),
    Address("authors.say_otherwise", consultation="open"),
    Address("authors.object_to", consultation="open"),
    Address("translation.overview", "facilitator", consultation="open"),
    Address("translation.desk", "facilitator", consultation="open"),
    Address("translation.desk", "facilitator", consultation="draft", query="?show=stale"),
)
# Routes whose answer is no page: a redirect, a file, a machine's question.
NO_PAGES = {
    *("static", "accounts.give_code", "consultations.root", "health.healthz", "health.readyz"),
    *(
        "contributions.data_as_json",
        "statements.yours",
        "votes.ahead",
        "moderation_log.log_as_csv",
        "moderation_log.log_as_json",
        "opinions.integrity_csv",
        "monitoring.as_csv",
        "outcomes.as_json",
        "outcomes.as_polis_files",
        "register.as_json",
        "register.feed",
        *("report_files.as_pdf", "report_files.as_xlsx", "report_files.as_json", "report_files.schema"),
        *("report_files.statements_csv", "report_files.table_csv"),
        "packages.download",
        "packages.as_jsonld",
    ),
    *("transparency_files.head", "transparency_files.head_as_json", "transparency_files.entries"),
    *("transparency_files.proof", "transparency_files.consistency", "transparency_files.whole_log"),
    *("transparency_files.commitments", "receipts.plain", "receipts.opened"),
    *("deployments.as_json", "deployments.version_as_json", "dossier_draft.download"),
    *("following.feed", "following.site_feed", "following.calendar"),
}


class Showroom:
    """An application in which every page has something to show, and the people who look at them."""

    def __init__(self, app: Flask, address: str) -> None:
        self.app, self.address = app, address
        #: What addresses hold besides the consultation, by endpoint.
        self.values: dict[str, dict[str, str]] = {
            "translation.desk": {"target": "ar"},
            "transparency.entry": {"index": "1"},
            "report_desk.text": {"key": "mandate", "tag": "ar"},
        }
        with app.app_context():
            fatima = make_account("Fatima")
            self.slugs: dict[str, str] = {
                "open": self._consultation(fatima, people=PEOPLE),
                "closed": self._consultation(fatima, people=PEOPLE),
                "reported": self._consultation(fatima, people=PEOPLE // 2),
                "draft": make_consultation(fatima, languages=("en", "ar", "fr"), published=False).slug,
                "hidden": make_consultation(
                    fatima, languages=("en", "ar", "fr"), shows_interim_results=False
                ).slug,
            }
            self._corrected(consultation_by_slug(self.slugs["open"]), fatima)
            self.slugs["coded"] = self._coded(fatima)
            self.slugs["mailed"] = self._by_mail(fatima)
            self.slugs["dossier"] = self._dossier(fatima)
            open_one = consultation_by_slug(self.slugs["open"])
            self.token = offer_link(make_participant(open_one))
            make_question(consultation_by_slug(self.slugs["hidden"]))
            self._prints(open_one, fatima)
        self.people: dict[Who, Visitor] = {
            "newcomer": Citizen(app),
            "citizen": Citizen(app),
            "facilitator": Staff(app),
            "kiosk": Staff(app),
        }
        self.people["facilitator"].signs_in(fatima.email)
        self._takes_part(self.people["citizen"], fatima)
        self._sits_in_a_room(self.people["citizen"], fatima)
        self.people["kiosk"].signs_in(fatima.email)
        self.people["kiosk"].sends(f"/desk/c/{self.slugs['open']}/rooms/kiosk")
        with app.app_context():
            move_closing(consultation_by_slug(self.slugs["closed"]), now())
            move_closing(consultation_by_slug(self.slugs["reported"]), now() - timedelta(minutes=2))
            self.tokens = self._follows(consultation_by_slug(self.slugs["open"])) | self._mailed(fatima)
            WorkerProcess(app).do_what_is_due()
            self._reports(consultation_by_slug(self.slugs["reported"]), fatima)
            for kind in ("open", "closed", "reported"):
                opinions = opinions_of(consultation_by_slug(self.slugs[kind]))
                assert opinions, "the worker has stored no analysis"
                assert opinions.groups, "the camps were not found, so the pages would have nothing to show"

    def path(self, page: Address, language: str) -> str:
        """Where a page is."""
        values: dict[str, object] = {"slug": self.slugs[page.consultation]} if page.consultation else {}
        if page.number:
            values["number"] = page.number
        if page.key:
            values["key"] = page.key
        values |= self.values.get(page.endpoint, {})
        if page.token:
            values["token"] = self.tokens[page.token]
        elif self.app.url_map.is_endpoint_expecting(page.endpoint, "token"):
            values["token"] = self.token
        with self.app.test_request_context():
            query = page.query.format(sheet=self.values["paper.sheet"]["code"])
            return self.app.url_for(page.endpoint, language=language, **values) + query

    def _follows(self, consultation: Consultation) -> dict[str, str]:
        """One person who was asked, one who said yes, and one who has stopped: the links that they got."""
        asked, follows = (
            make_follower(consultation, confirmed=confirmed).handle for confirmed in (False, True)
        )
        return {
            "question": sign_question(asked),
            "forged": "forged",
            "follower": sign_follower(follows),
            "stopped": sign_follower("stopped long ago"),
            "entry": sign_entry(consultation_by_slug(self.slugs["mailed"]).id, "a secret"),
            "preview": self._previewed(consultation_by_slug(self.slugs["draft"])),
        }

    def _mailed(self, fatima: Account) -> dict[str, str]:
        """The links in letters to those who are invited, have forgotten a password, or have a new address."""
        _sent, handed_over = (
            invite(
                organisation_by_slug(self.slugs["organisation"]),
                [address],
                Role.MODERATOR,
                language="ar",
                handing=Handing(by_mail=by_mail),
            )[0]
            for address, by_mail in (("omar.the.moderator@city.example", True), ("ada@city.example", False))
        )
        return {
            "invitation": handed_over.token,
            "password": sign(Purpose.NEW_PASSWORD, fatima),
            "address": sign(Purpose.NEW_ADDRESS, fatima, "fatima@new-city.example"),
        }

    def _consultation(self, facilitator: Account, *, people: int) -> str:
        """Two camps, statements in two languages, one of them as long as a statement may be."""
        seeds = [ENGLISH, *(f"Statement number {number} is about the model." for number in range(2, 11))]
        consultation = make_consultation(facilitator, languages=("en", "ar", "fr"), seeds=seeds)
        for statement in statements_of(consultation.id)[::2]:
            statement.texts["ar"] = StatementText(language="ar", text=f"{ARABIC[:130]} {statement.number}")
        make_camps(consultation, people=people)
        make_question(consultation)
        return consultation.slug

    def _reports(self, consultation: Consultation, facilitator: Account) -> None:
        """Two versions of a report, with words of the organiser in it, their data, and who asked for the votes."""
        consultation.publishes_votes = False
        db.session.commit()
        save_text(consultation, "mandate", "en", "We ask **before** we decide.", edition=0)
        publish_report(consultation)
        publish_report(consultation, {"en": "A date in the mandate was wrong.", "ar": "كان تاريخ خاطئ."})
        self._answers(consultation)
        link = make_link(consultation, "The ministry's lawyer")
        comment(consultation, link, "Ayşe", "Section one:\nwho is liable?")
        self.tokens["review"] = sign_link(link.id)
        ada = {
            "name": "Ada Okafor",
            "affiliation": "University of Velmora",
            "purpose": "Who agrees with whom?",
        }
        ask_for_votes(consultation, **ada, language="en")
        self.tokens["granted"] = ask_for_votes(consultation, **ada, language="en")
        granted = requests_of(consultation.id)[0]
        decide_request(
            granted, StepKind.GRANTED, by=facilitator, reason="A good purpose.", seen=granted.latest.id
        )
        WorkerProcess(self.app).do_what_is_due()

    def _answers(self, consultation: Consultation) -> None:
        """One finding answered twice, a decision with conditions of which one is met and one late, the rest overdue."""
        consultation.responds_by = now().date() - timedelta(days=3)
        finding = findings_of(consultation.id)[0]
        reasons = {"en": f"A person **will** decide.\n\n{ENGLISH}", "ar": ARABIC}
        links: list[Link] = [{"url": "https://city.example/plan", "text": "The plan"}]
        for verdict, change in ((Answering.STUDY, {}), (Answering.ACCEPT, {"en": "There is money."})):
            reply = Reply(verdict, reasons, "Office for benefits", now().date(), links)
            publish_answer(consultation, finding, reply, change)
        conditions = [
            Condition({"en": "Publish the error rates.", "ar": ARABIC}, now().date() - timedelta(days=days))
            for days in (1, 5)
        ]
        ruling = Ruling(
            *(Course.GO_WITH_CONDITIONS, reasons, "The city council", now().date(), links, conditions)
        )
        record_decision(consultation, ruling, {})
        first, _second = milestones_of(consultation.id)
        step = MilestoneStep(
            titles=first.latest.titles,
            due_on=first.latest.due_on,
            progress=Progress.DONE,
            notes=reasons,
            evidence=links,
        )
        move_milestone(consultation, first, step)
        add_milestone(consultation, Condition({"en": "Train the staff."}, now().date()), finding)

    def _dossier(self, fatima: Account) -> str:
        """The demonstration's, in two versions; the open consultation is about the second. A draft goes further."""
        for content in load_dossier(now().date()):
            version = publish_version(save_draft(content))
        fields = {**content["fields"], "team": {"en": "Another team"}}
        deployment = save_draft({**content, "country": "FI", "fields": fields})
        deployment.organisation = create_organisation(fatima, name="City", kind=Kind.CITY, country="FI")
        self.slugs["organisation"] = deployment.organisation.slug
        consultation = consultation_by_slug(self.slugs["open"])
        consultation.dossier_version = version
        consultation_by_slug(self.slugs["reported"]).dossier_version = version
        db.session.commit()
        return version.deployment.slug

    def _corrected(self, consultation: Consultation, fatima: Account) -> None:
        words = consultation.texts[consultation.main_language].words()
        words |= {"decision_maker": "The city council, on 4 May"}
        correct_texts(consultation, words, "The day was missing.", edition=consultation.edition, by=fatima)

    def _coded(self, facilitator: Account) -> str:
        """One for invited people, in which they only vote by now."""
        consultation = make_consultation(facilitator, languages=("en", "ar", "fr"))
        consultation.admission, consultation.statements_until = Admission.CODE, now()
        db.session.commit()
        make_codes(consultation, 3)
        return consultation.slug

    def _by_mail(self, facilitator: Account) -> str:
        consultation = make_consultation(facilitator, languages=("en", "ar", "fr"))
        consultation.admission = Admission.EMAIL
        db.session.commit()
        return consultation.slug

    def _prints(self, consultation: Consultation, fatima: Account) -> None:
        """Three sheets: one is typed in, in a batch of its own; one is in an open batch; one waits."""
        sheets = print_sheets(consultation, number=3, on_each=8, language="en")
        for (code, on_it), place in zip(sheets, ("Library", "Town hall"), strict=False):
            batch = open_batch(consultation, by=fatima, place=place, collected_on=now().date())
            enter_sheet(consultation, batch, code, [1, 0, -1, *([None] * (len(on_it) - 3))], by=fatima)
        withdraw_batch(consultation, batch, reason="Typed in twice.", by=fatima)
        self.values["paper.sheet"] = {"code": sheets[-1][0]}

    def _sits_in_a_room(self, amina: Citizen, fatima: Account) -> None:
        with self.app.app_context():
            consultation = consultation_by_slug(self.slugs["open"])
            session = open_session(consultation, by=db.session.merge(fatima), statements=10)
            lead_on(consultation, session, place=0)
            self.values["room.room"] = {"code": session.code}
            self.values["rooms.screen"] = {"session_id": str(session.id)}
        amina.sends(f"/c/{self.slugs['open']}/room/{session.code}/sit")

    def _previewed(self, draft: Consultation) -> str:
        """A link to a draft on which somebody has commented."""
        link = make_link(draft, "The ministry's lawyer")
        comment(draft, link, "Ayşe", "Paragraph two:\nwho is liable?")
        return sign_link(link.id)

    def _takes_part(self, amina: Citizen, fatima: Account) -> None:
        for slug in (self.slugs["open"], self.slugs["closed"]):
            with self.app.app_context():
                statements = [statement.id for statement in statements_of(consultation_by_slug(slug).id)]
            # Not on whatever card comes: the same votes in every run give the same groups.
            for statement, choice in zip(statements, Choice, strict=False):
                amina.votes(slug, choice, statement)
        for text in WRITTEN:
            receipt = amina.writes(self.slugs["open"], text)
        code = receipt.html.select_one(".address").get_text().rsplit("/", 1)[-1]
        self.values["statements.receipt"] = {"code": code}
        with self.app.app_context():
            consultation: Consultation = consultation_by_slug(self.slugs["open"])
            good, bad, _unread, unclear = (statement_with_text(consultation.id, text) for text in WRITTEN)
            decide(consultation, good, Verdict.ACCEPT, by=db.session.merge(fatima))
            people = db.session.scalars(
                select(Participant.id).where(Participant.consultation_id == consultation.id).limit(30)
            )
            for person, choice in zip(people.all(), cycle((*[Choice.AGREE] * 3, *Choice)), strict=False):
                cast_vote(consultation, person, good.id, choice)
            decide(
                consultation,
                bad,
                Verdict.REJECT,
                by=db.session.merge(fatima),
                reason=Reason.QUESTION,
                note="A claim?",
            )
            decide(
                consultation,
                unclear,
                Verdict.REWORD,
                by=db.session.merge(fatima),
                reason=Reason.NOT_UNDERSTANDABLE,
                note="Explain what, and to whom?",
            )
            self.values["moderation.one"] = {"statement_id": str(bad.id)}
            self.values["authors.object_to"] = {"statement_id": str(bad.id)}
            self.values["authors.say_otherwise"] = {"statement_id": str(unclear.id)}
