"""Promises about the house: who may import whom, where SQL lives, and that every door has a guard."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tools import ROOT

if TYPE_CHECKING:
    from flask import Flask

MODULES = sorted([ROOT / "app.py", *ROOT.glob("participation/**/*.py"), *ROOT.glob("deliberation/**/*.py")])
TOP_LEVEL = {
    *("app.py", "pyproject.toml", "participation", "deliberation", "translations", "static", "templates"),
    *("tests", "README.md", "Makefile", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "babel.cfg"),
    *("requirements.lock", "requirements-dev.lock", "benchmarks", "deploy", ".ci", ".gitignore"),
}


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own tool
    assert result.returncode == 0, result.stdout


def test_the_top_level_stays_as_it_was_designed() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607 - git is where it is
    if tracked.returncode:
        pytest.skip("this copy is no git checkout, so it cannot tell which files belong to it")
    assert {Path(line).parts[0] for line in tracked.stdout.splitlines()} <= TOP_LEVEL


@pytest.mark.parametrize(
    "path",
    sorted(ROOT.glob("participation/**/*views.py")),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_a_view_never_speaks_to_the_database_itself(path: Path) -> None:
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert not (node.module or "").startswith("sqlalchemy"), f"{path} imports {node.module}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            assert node.value.attr != "session", f"{path}:{node.lineno} asks the database itself"


def test_every_route_names_who_may_enter(app: Flask) -> None:
    unguarded = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not getattr(app.view_functions[rule.endpoint], "is_guarded", False)
    ]
    assert not unguarded


def test_a_route_that_names_nobody_is_refused(app: Flask) -> None:
    forgotten = "test.forgotten"
    if forgotten not in app.view_functions:
        # The application has served requests already; it does not mind one more rule in a test.
        app.url_map.add(app.url_rule_class("/forgotten", endpoint=forgotten))
        app.view_functions[forgotten] = lambda: "everything about everyone"
    answer = app.test_client().get("/forgotten")
    assert answer.status_code == 403
    assert "everything" not in answer.text
    del app.view_functions[forgotten]


def test_files_stay_small() -> None:
    lengths = sorted(len(path.read_text().splitlines()) for path in MODULES if "migrations" not in path.parts)
    assert lengths[len(lengths) // 2] <= 100
    assert lengths[int(len(lengths) * 0.9)] <= 200
