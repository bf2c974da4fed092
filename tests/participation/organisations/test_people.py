"""Fatima founds an organisation and invites colleagues, each to a role of their own."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from participation.accounts.models import Account
from participation.accounts.queries import account_by_email
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.mail.models import Mail
from participation.organisations.actions import create_organisation
from participation.organisations.inviting import Handing, invite
from participation.organisations.members import LastOwnerError, remove_member
from participation.organisations.models import Invitation, Kind, Member, Organisation, Role
from participation.organisations.queries import members_of, organisation_by_slug, role_at
from tests.builders import make_account, make_consultation
from tests.people import Citizen, Page, Staff

if TYPE_CHECKING:
    from flask import Flask

PASSWORD = "harbour violin gravel moon"
PEOPLE = "/desk/organisations/city-of-velmora"


@pytest.fixture
def fatima(app: Flask) -> Staff:
    with app.app_context():
        email = make_account("Fatima").email
    fatima = Staff(app)
    fatima.signs_in(email)
    fatima.sends("/desk/organisations/new", name="City of Velmora", kind="city", country="KE")
    return fatima


def invites(fatima: Staff, email: str, role: str) -> str:
    """Invite somebody; gives the link's path behind the language, as it stands in the mail."""
    fatima.sends(f"{PEOPLE}/invitations", emails=email, role=role, language="en")
    with fatima.client.application.app_context():
        letters = [mail.letter for mail in db.session.query(Mail) if mail.recipient == email.strip().lower()]
    return letters[-1]["action"]["url"].partition("/en")[2]


def role_of(app: Flask, email: str) -> Role | None:
    with app.app_context():
        organisation, account = organisation_by_slug("city-of-velmora"), account_by_email(email)
        return role_at(organisation.id, account.id) if account else None


def test_the_founder_owns_it(fatima: Staff) -> None:
    page = fatima.opens("/desk/organisations/city-of-velmora")
    assert "City of Velmora" in page.text
    assert "Owner" in page.text


def test_a_colleague_without_an_account_joins_by_the_link(app: Flask, fatima: Staff) -> None:
    link = invites(fatima, "omar@city.example", "moderator")
    omar = Staff(app)
    assert "City of Velmora" in omar.opens(link).text
    page = omar.sends(f"{link}/join", name="Omar", password=PASSWORD)
    assert "You are a member now" in page.text
    assert role_of(app, "omar@city.example") is Role.MODERATOR
    assert Staff(app).opens(link).status == 410


def test_opening_the_link_accepts_nothing(app: Flask, fatima: Staff) -> None:
    link = invites(fatima, "omar@city.example", "moderator")
    Citizen(app).opens(link)
    Citizen(app).opens(link)
    assert role_of(app, "omar@city.example") is None


def test_a_colleague_with_an_account_signs_in_and_joins(app: Flask, fatima: Staff) -> None:
    with app.app_context():
        email = make_account("Omar", may_create_consultations=False).email
    link = invites(fatima, email, "official")
    omar = Staff(app)
    assert "Sign in to join" in omar.opens(link).text
    omar.signs_in(email)
    omar.sends(f"{link}/accept")
    assert role_of(app, email) is Role.OFFICIAL


def test_a_link_that_was_passed_on_lets_nobody_else_in(app: Flask, fatima: Staff) -> None:
    with app.app_context():
        mallory_email = make_account("Mallory", may_create_consultations=False).email
    link = invites(fatima, "omar@city.example", "owner")
    mallory = Staff(app)
    mallory.signs_in(mallory_email)
    page = mallory.sends(f"{link}/accept")
    assert page.status == 403
    assert "another e-mail address" in page.text
    assert role_of(app, mallory_email) is None


def test_an_invitation_that_was_taken_back_or_is_old_is_worth_nothing(app: Flask, fatima: Staff) -> None:
    link = invites(fatima, "omar@city.example", "moderator")
    with app.app_context():
        invitation_id = db.session.query(Invitation).one().id
    fatima.sends(f"/desk/organisations/city-of-velmora/invitations/{invitation_id}/withdraw")
    assert Citizen(app).opens(link).status == 410
    link = invites(fatima, "omar@city.example", "moderator")
    with app.app_context():
        db.session.execute(update(Invitation).values(invited_at=now() - timedelta(days=15)))
        db.session.commit()
    assert Citizen(app).opens(link).status == 410


def test_a_second_invitation_replaces_the_first(app: Flask, fatima: Staff) -> None:
    first = invites(fatima, "omar@city.example", "owner")
    second = invites(fatima, "OMAR@city.example ", "auditor")
    assert Citizen(app).opens(first).status == 410
    assert Citizen(app).opens(second).status == 200


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("password", "short", "at least twelve characters"), ("name", "", "Please fill this in.")],
)
def test_a_mistake_when_joining_is_named_and_the_invitation_still_holds(
    app: Flask, fatima: Staff, field: str, value: str, says: str
) -> None:
    link = invites(fatima, "omar@city.example", "moderator")
    omar = Citizen(app)
    page = omar.sends(f"{link}/join", **{"name": "Omar", "password": PASSWORD, field: value})
    assert says in page.text
    assert omar.sends(f"{link}/join", name="Omar", password=PASSWORD).status == 200


def test_somebody_who_is_a_member_is_not_invited_again(app: Flask, fatima: Staff) -> None:
    with app.app_context():
        email = db.session.query(Account).one().email
    page = fatima.sends(
        f"{PEOPLE}/invitations", emails=f"omar@city.example\n{email}", role="auditor", language="en"
    )
    assert f"{email}: Somebody with this e-mail address is a member already" in page.text
    assert page.field("emails").split() == ["omar@city.example", email]
    with app.app_context():
        assert db.session.query(Invitation).count() == 0


def test_a_role_in_the_organisation_holds_in_its_consultations(app: Flask, fatima: Staff) -> None:
    link = invites(fatima, "omar@city.example", "auditor")
    omar = Staff(app)
    omar.sends(f"{link}/join", name="Omar", password=PASSWORD)
    with app.app_context():
        consultation = make_consultation(published=False)
        slug = consultation.slug
    assert omar.opens(f"/c/{slug}").status == 404
    with app.app_context():
        consultation_by_slug(slug).organisation = organisation_by_slug("city-of-velmora")
        db.session.commit()
    assert omar.opens(f"/c/{slug}").status == 200
    assert omar.opens(f"/desk/c/{slug}").status == 403
    assert fatima.opens(f"/desk/c/{slug}").status == 200


def test_the_last_owner_stays_an_owner(app: Flask, fatima: Staff) -> None:
    with app.app_context():
        fatima_id = db.session.query(Account).one().id
    base = f"/desk/organisations/city-of-velmora/members/{fatima_id}"
    assert "only owner" in fatima.sends(f"{base}/role", role="auditor").text
    assert "only owner" in fatima.sends(f"{base}/remove").text


def test_a_member_who_is_removed_is_out_at_once(app: Flask, fatima: Staff) -> None:
    link = invites(fatima, "omar@city.example", "owner")
    omar = Staff(app)
    omar.sends(f"{link}/join", name="Omar", password=PASSWORD)
    assert omar.opens("/desk/organisations/city-of-velmora").status == 200
    with app.app_context():
        omar_id = account_by_email("omar@city.example").id
    fatima.sends(f"/desk/organisations/city-of-velmora/members/{omar_id}/remove")
    assert omar.opens("/desk/organisations/city-of-velmora").status == 403


@pytest.mark.parametrize("way", ["remove", "role"])
def test_who_may_run_consultations_no_longer_runs_not_even_their_own(
    app: Flask, fatima: Staff, way: str
) -> None:
    """Ines created it for the city; what she does for nobody but herself stays hers."""
    link = invites(fatima, "ines@city.example", "facilitator")
    ines = Staff(app)
    ines.sends(f"{link}/join", name="Ines", password=PASSWORD)
    with app.app_context():
        account = account_by_email("ines@city.example")
        of_city, of_her_own = make_consultation(account), make_consultation(account)
        of_city.organisation = organisation_by_slug("city-of-velmora")
        db.session.commit()
        city_slug, own_slug, account_id = of_city.slug, of_her_own.slug, account.id
    assert ines.opens(f"/desk/c/{city_slug}").status == 200
    fatima.sends(f"{PEOPLE}/members/{account_id}/{way}", role="translator")
    assert ines.sends(f"/desk/c/{city_slug}/close").status == 403
    assert ines.opens(f"/desk/c/{city_slug}").status == 403
    assert ines.opens(f"/desk/c/{own_slug}").status == 200


def test_who_becomes_an_owner_keeps_their_consultations(app: Flask, fatima: Staff) -> None:
    link = invites(fatima, "ines@city.example", "facilitator")
    ines = Staff(app)
    ines.sends(f"{link}/join", name="Ines", password=PASSWORD)
    with app.app_context():
        account = account_by_email("ines@city.example")
        consultation = make_consultation(account)
        consultation.organisation = organisation_by_slug("city-of-velmora")
        db.session.commit()
        slug, account_id = consultation.slug, account.id
    fatima.sends(f"{PEOPLE}/members/{account_id}/role", role="owner")
    assert ines.opens(f"/desk/c/{slug}").status == 200


def test_two_owners_who_remove_each_other_at_once_leave_one(app: Flask) -> None:
    with app.app_context():
        one, other = make_account("One"), make_account("Other")
        organisation = create_organisation(one, name="Agency", kind=Kind.AGENCY, country="SI")
        db.session.add(Member(organisation_id=organisation.id, account_id=other.id, role=Role.OWNER))
        db.session.commit()
        ids, slug = (one.id, other.id), organisation.slug
    start, refused = threading.Barrier(2), []

    def remove(account_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                remove_member(organisation_by_slug(slug), account_id)
            except LastOwnerError:
                refused.append(account_id)

    threads = [threading.Thread(target=remove, args=(account_id,)) for account_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert len(members_of(organisation_by_slug(slug).id)) == 1
    assert len(refused) == 1


def test_the_database_holds_no_link(app: Flask) -> None:
    with app.app_context():
        owner = make_account()
        organisation = create_organisation(owner, name="Agency", kind=Kind.AGENCY, country="SI")
        offers = invite(
            organisation,
            ["omar@city.example"],
            Role.OFFICIAL,
            language="en",
            handing=Handing(by_mail=False),
        )
        assert offers[0].token.encode() not in offers[0].invitation.token_hash
        assert db.session.query(Organisation).one().slug == "agency"


def test_a_form_with_gaps_keeps_what_was_typed(app: Flask) -> None:
    with app.app_context():
        email = make_account("Fatima").email
    fatima = Staff(app)
    fatima.signs_in(email)
    page: Page = fatima.sends("/desk/organisations/new", name="", kind="ministry", country="MA")
    assert "Please fill this in." in page.text
    assert page.html.select_one("option[value=ministry][selected]")
    assert page.html.select_one("option[value=MA][selected]")
