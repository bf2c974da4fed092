"""Every page with something on it: the rows behind them, and how each route's address is filled."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from deliberation.ballot import Choice
from participation.admission.actions import make_codes
from participation.consultations.models import Admission, Participant
from participation.consultations.queries import consultation_by_slug
from participation.contributions.actions import offer_link
from participation.database import db, now
from participation.demonstration.dossier import load_dossier
from participation.deployments.actions import publish_version, save_draft
from participation.following.tokens import sign_follower, sign_question
from participation.jobs.worker import WorkerProcess
from participation.moderation.actions import decide, save_rules
from participation.moderation.models import Reason, Verdict
from participation.opinions.reading import opinions_of
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind
from participation.paper.actions import open_batch, print_sheets
from participation.paper.batches import enter_sheet
from participation.paper.counting import withdraw_batch
from participation.previews.actions import comment, make_link
from participation.previews.tokens import sign_link
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
    Address("following.subscribe", "newcomer", consultation="open"),
    Address("following.confirm", "newcomer", token="question"),
    Address("following.confirm", "newcomer", token="forged", status=410),
    Address("following.settings", "newcomer", token="follower"),
    Address("following.stop", "newcomer", token="follower"),
    Address("following.stop", "newcomer", token="stopped"),
    Address("consultations.desk", "facilitator"),
    Address("building.create", "facilitator"),
    Address("building.edit", "facilitator", consultation="draft"),
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
    Address("moderation.queue", "facilitator", consultation="open"),
    Address("moderation.queue", "facilitator", consultation="draft"),
    Address("moderation.one", "facilitator", consultation="open"),
    Address("moderation.edit_rules", "facilitator", consultation="open"),
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
    # Looked at in tests/participation/organisations: their addresses need an organisation and a secret.
    *("organisations.people", "invitations.show"),
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
    ),
    *("deployments.as_json", "deployments.version_as_json", "dossier_draft.download"),
    *("following.feed", "following.site_feed", "following.calendar"),
}


class Showroom:
    """An application in which every page has something to show, and the people who look at them."""

    def __init__(self, app: Flask, address: str) -> None:
        self.app, self.address = app, address
        #: What addresses hold besides the consultation, by endpoint.
        self.values: dict[str, dict[str, str]] = {"translation.desk": {"target": "ar"}}
        with app.app_context():
            fatima = make_account("Fatima")
            self.slugs: dict[str, str] = {
                "open": self._consultation(fatima, people=PEOPLE),
                "closed": self._consultation(fatima, people=PEOPLE),
                "draft": make_consultation(fatima, languages=("en", "ar", "fr"), published=False).slug,
                "hidden": make_consultation(
                    fatima, languages=("en", "ar", "fr"), shows_interim_results=False
                ).slug,
            }
            self.slugs["coded"] = self._coded(fatima)
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
            self.tokens = self._follows(consultation_by_slug(self.slugs["open"]))
            WorkerProcess(app).do_what_is_due()
            for kind in ("open", "closed"):
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
            "preview": self._previewed(consultation_by_slug(self.slugs["draft"])),
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
        db.session.commit()
        return version.deployment.slug

    def _coded(self, facilitator: Account) -> str:
        """One for invited people, in which they only vote by now."""
        consultation = make_consultation(facilitator, languages=("en", "ar", "fr"))
        consultation.admission, consultation.statements_until = Admission.CODE, now()
        db.session.commit()
        make_codes(consultation, 3)
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
            save_rules(consultation, {tag: f"Write about **this** model. ({tag})" for tag in ("en", "ar")})
            self.values["moderation.one"] = {"statement_id": str(bad.id)}
            self.values["authors.object_to"] = {"statement_id": str(bad.id)}
            self.values["authors.say_otherwise"] = {"statement_id": str(unclear.id)}
