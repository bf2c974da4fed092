"""Every door and everybody who may knock: which role is let in where, on every address of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.database import db
from participation.deployments.actions import start_dossier
from participation.extensions import limiter
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind, Member, Role
from tests.applications import make_empty
from tests.builders import make_account, make_consultation
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.routing import Rule

    from tests.people import Visitor

EVERY_ACCOUNT = frozenset({"stranger", *(role.value for role in Role)})
EVERY_MEMBER = frozenset(role.value for role in Role)
RUNNING = frozenset({"owner", "facilitator"})
# Who may enter, besides whom the test calls "creator": an account that the operator lets create consultations.
# An address that does not stand here is open to everybody, signed in or not.
DOORS = {
    "accessibility.complete": frozenset({"creator"}),
    **dict.fromkeys(("admission.make_sheet", "admission.manage", "admission.withdraw"), RUNNING),
    **dict.fromkeys(("building.add_many", "building.add_one", "building.change", "building.copy"), RUNNING),
    **dict.fromkeys(("building.delete", "building.edit", "building.mark", "building.seeds"), RUNNING),
    **dict.fromkeys(("previews.manage", "previews.revoke"), RUNNING),
    "building.create": RUNNING | {"creator"},
    "corrections.correct": RUNNING,
    "consultations.desk": EVERY_ACCOUNT | {"creator"},
    "consultations.manage": RUNNING,
    "consultations.take_step": RUNNING,
    "invitations.accept": EVERY_ACCOUNT | {"creator"},
    "moderation.queue": RUNNING | {"moderator"},
    "moderation.rule": RUNNING | {"moderator"},
    **dict.fromkeys(("data_requests.desk", "data_requests.rule"), RUNNING),
    "monitoring.show": RUNNING | {"moderator", "official", "auditor"},
    "monitoring.as_csv": RUNNING | {"moderator", "official", "auditor"},
    "monitoring.population": RUNNING,
    "monitoring.forget_population": RUNNING,
    "moderation.rule_several": RUNNING | {"moderator"},
    "moderation.one": RUNNING | {"moderator"},
    "moderation.answer": RUNNING | {"moderator"},
    "moderation.take": RUNNING | {"moderator"},
    "moderation.leave": RUNNING | {"moderator"},
    "opinions.integrity": RUNNING | {"moderator", "official", "auditor"},
    "opinions.integrity_csv": RUNNING | {"moderator", "official", "auditor"},
    **dict.fromkeys(
        ("responses.desk", "responses.answer", "responses.decide", "responses.promise", "responses.move"),
        frozenset({"owner", "official"}),
    ),
    "questions.manage": RUNNING,
    "questions.remove": RUNNING,
    **dict.fromkeys(("paper.manage", "batches.enter"), RUNNING | {"moderator"}),
    **dict.fromkeys(("batches.close", "batches.withdraw"), RUNNING | {"moderator"}),
    "paper.make_sheets": RUNNING,
    **dict.fromkeys(("rooms.manage", "rooms.screen"), RUNNING),
    **dict.fromkeys(("rooms.take_step", "rooms.end"), RUNNING),
    "consultations.choose_interim_results": RUNNING,
    "dossier_draft.download": EVERY_MEMBER,
    "consultations.choose_open_votes": RUNNING,
    **dict.fromkeys(("report_desk.overview", "report_desk.preview", "report_desk.publish"), RUNNING),
    **dict.fromkeys(("report_desk.invite", "report_desk.revoke", "report_desk.text"), RUNNING),
    "dossier_draft.overview": RUNNING,
    "dossier_draft.preview": EVERY_MEMBER,
    "dossier_draft.publish": RUNNING,
    "dossier_draft.upload": RUNNING,
    "dossiers.basics": RUNNING,
    "dossiers.desk": EVERY_MEMBER,
    "dossiers.section": RUNNING,
    "dossiers.start": RUNNING,
    "translation.desk": RUNNING | {"translator"},
    "translation.have_machine": RUNNING | {"translator"},
    "translation.overview": RUNNING | {"translator"},
    "organisations.change": frozenset({"owner"}),
    "description.edit": frozenset({"owner"}),
    "organisations.renew": frozenset({"owner"}),
    "organisations.found": frozenset({"creator"}),
    "organisations.offer": frozenset({"owner"}),
    "organisations.people": frozenset({"owner"}),
    "organisations.remove": frozenset({"owner"}),
    "organisations.withdraw": frozenset({"owner"}),
    "own_account.end_one": EVERY_ACCOUNT | {"creator"},
    "own_account.end_others": EVERY_ACCOUNT | {"creator"},
    "own_account.password": EVERY_ACCOUNT | {"creator"},
    "own_account.second_factor": EVERY_ACCOUNT | {"creator"},
    "own_account.second_factor_off": EVERY_ACCOUNT | {"creator"},
    "recovery.address": EVERY_ACCOUNT | {"creator"},
    "own_account.show": EVERY_ACCOUNT | {"creator"},
}
PEOPLE = ("visitor", "creator", *sorted(EVERY_ACCOUNT))
# They end the session of the person who knocks. The second one's guard is tested with the rooms.
LAST = ("accounts.sign_out", "rooms.begin_kiosk")
NOBODY = 999_999


class City:
    """A city with a consultation and a dossier, and one person in each role, signed in."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            founder = make_account("Founder")
            organisation = create_organisation(founder, name="City", kind=Kind.CITY, country="FI")
            consultation = make_consultation()
            consultation.organisation = organisation
            dossier = start_dossier(organisation, name="A model for trams", main_language="en")
            self.slugs = {"o": organisation.slug, "c": consultation.slug, "d": dossier.slug}
            accounts = {
                name: make_account(name, may_create_consultations=name == "creator")
                for name in PEOPLE
                if name != "visitor"
            }
            for role in Role:
                db.session.add(
                    Member(organisation_id=organisation.id, account_id=accounts[role.value].id, role=role)
                )
            db.session.commit()
            emails = {name: account.email for name, account in accounts.items()}
        self.people: dict[str, Visitor] = {"visitor": Citizen(app)}
        for name, email in emails.items():
            self.people[name] = Staff(app)
            self.people[name].signs_in(email)
        self.tokens = {name: person.token() for name, person in self.people.items()}

    def path(self, rule: Rule) -> str:
        """An address of this kind. Numbers belong to nothing, so that nothing comes of knocking."""
        values: dict[str, object] = dict.fromkeys(rule.arguments, NOBODY) | {"language": "en"}
        for name in rule.arguments & {"slug", "token", "filename", "step", "code", "key"}:
            values[name] = "publish" if name == "step" else "nothing"
        if "slug" in rule.arguments:
            values["slug"] = self.slugs[kind_of(rule)]
        with self.app.test_request_context():
            return str(rule.build(values, append_unknown=False)[1])

    def lets_in(self, name: str, rule: Rule, method: str) -> bool:
        """Whether this person is let in: not asked to sign in, and not refused."""
        data = {"csrf_token": self.tokens[name]} if method == "POST" else None
        answer = self.people[name].client.open(self.path(rule), method=method, data=data)
        asked = answer.status_code == 302 and "/sign-in" in answer.location and "next=" in answer.location
        return answer.status_code not in {401, 403} and not asked


@pytest.fixture(scope="module")
def city(house: tuple[Flask, str]) -> Iterator[City]:
    app, _address = house
    limiter.reset()
    yield City(app)
    limiter.reset()
    make_empty(app)


def kind_of(rule: Rule) -> str:
    """What an address names: an organisation, a dossier or a consultation."""
    return "o" if "/organisations/" in rule.rule else "d" if "/desk/d/" in rule.rule else "c"


def routes(app: Flask) -> list[tuple[Rule, str]]:
    found = [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if rule.endpoint not in {"static", *LAST}
    ]
    return sorted(found, key=lambda pair: (pair[0].endpoint, pair[1]))


@pytest.mark.parametrize("name", PEOPLE)
def test_each_person_is_let_in_where_the_table_says_and_nowhere_else(city: City, name: str) -> None:
    wrong = [
        f"{method} {rule.endpoint}: {'let in' if let_in else 'refused'}"
        for rule, method in routes(city.app)
        if (let_in := city.lets_in(name, rule, method)) != (name in DOORS.get(rule.endpoint, PEOPLE))
    ]
    assert not wrong


def test_the_table_names_no_door_that_is_gone(city: City) -> None:
    assert set(DOORS) <= {rule.endpoint for rule, _method in routes(city.app)}
