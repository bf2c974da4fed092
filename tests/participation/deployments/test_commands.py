"""An operator brings dossiers in and out."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from participation.consultations.queries import consultation_by_slug
from participation.deployments.queries import deployment_by_slug
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind
from tests.builders import make_account, make_consultation
from tests.participation.deployments.cases import small_dossier, whole_dossier

if TYPE_CHECKING:
    from click.testing import Result
    from flask import Flask


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "dossier.json"


def runs(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["deployment", *words])


def brings_in(app: Flask, file: Path, dossier: dict[str, Any]) -> Result:
    file.write_text(json.dumps(dossier, ensure_ascii=False), encoding="utf-8")
    return runs(app, "import", str(file))


def test_what_goes_in_comes_out_again(app: Flask, file: Path) -> None:
    assert "58 of 59 mandatory facts" in brings_in(app, file, whole_dossier()).output
    out = runs(app, "export", "velmora-welfare-checks")
    assert json.loads(out.output) == whole_dossier()


def test_what_came_in_as_a_file_is_given_to_those_who_go_on_with_it(app: Flask, file: Path) -> None:
    with app.app_context():
        create_organisation(make_account(), name="Velmora", kind=Kind.CITY, country="FI")
    brings_in(app, file, small_dossier())
    assert "There is no organisation called moon." in runs(app, "give", "trams", "moon").output
    assert "Members of Velmora may edit trams now." in runs(app, "give", "trams", "velmora").output
    with app.app_context():
        assert deployment_by_slug("trams").organisation.slug == "velmora"


def test_every_mistake_is_listed_and_nothing_is_kept(app: Flask, file: Path) -> None:
    refused = brings_in(app, file, small_dossier(level="moon", risks=[{}]))
    assert refused.exit_code == 1
    assert "fields.level: 'moon' must be one of" in refused.output
    assert "fields.risks[1]: harm is missing" in refused.output
    with app.app_context():
        assert deployment_by_slug("trams") is None


@pytest.mark.parametrize("text", ["{", '{"slug": NaN}'])
def test_what_is_no_json_is_refused_in_words(app: Flask, file: Path, text: str) -> None:
    file.write_text(text)
    assert "is no JSON file" in runs(app, "import", str(file)).output


def test_it_is_published_and_tied_to_a_consultation(app: Flask, file: Path) -> None:
    with app.app_context():
        slug = make_consultation(opens_in=timedelta(days=1)).slug
    brings_in(app, file, whole_dossier())
    assert "has no published version" in runs(app, "attach", "velmora-welfare-checks", slug).output
    assert "Version 1" in runs(app, "publish", "velmora-welfare-checks").output
    assert "says the same" in runs(app, "publish", "velmora-welfare-checks").output
    assert "is about version 1" in runs(app, "attach", "velmora-welfare-checks", slug).output
    with app.app_context():
        assert consultation_by_slug(slug).dossier_version.number == 1
