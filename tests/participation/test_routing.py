"""Numbers in addresses: one that no row could have leads to no page, and to no error of a database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from werkzeug.exceptions import MethodNotAllowed, NotFound

from participation.database import LARGEST_INTEGER
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind
from tests.builders import make_account
from tests.people import Staff

if TYPE_CHECKING:
    from flask import Flask


def test_an_address_takes_no_number_that_no_row_could_have(app: Flask) -> None:
    addresses = app.url_map.bind("localhost")
    numbered = [rule for rule in app.url_map.iter_rules() if "<int" in rule.rule]
    assert numbered
    for rule in numbered:
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        path = re.sub(r"<int\W.*?>", "{number}", rule.rule)
        path = re.sub(r"<.*?>", "en", path)
        assert addresses.match(path.format(number=LARGEST_INTEGER), method)[0] == rule.endpoint
        with pytest.raises((NotFound, MethodNotAllowed)):
            addresses.match(path.format(number=LARGEST_INTEGER + 1), method)


def test_an_owner_who_alters_the_address_is_told_that_there_is_no_such_page(app: Flask) -> None:
    with app.app_context():
        founder = make_account("Fatima")
        city = create_organisation(founder, name="City", kind=Kind.CITY, country="FI").slug
        email = founder.email
    fatima = Staff(app)
    fatima.signs_in(email)
    for path in (
        f"/desk/organisations/{city}/members/{{}}/role",
        f"/desk/organisations/{city}/members/{{}}/remove",
        f"/desk/organisations/{city}/invitations/{{}}/renew",
        f"/desk/organisations/{city}/invitations/{{}}/withdraw",
        "/account/sessions/{}/end",
    ):
        assert fatima.sends(path.format(99999999999999999999), role="owner").status == 404, path
