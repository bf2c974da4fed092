"""The stage: a served application, and people who walk in with browsers of their own."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import pytest

from participation.jobs.worker import WorkerProcess
from tests.browser import visit
from tests.journeys.citizen import Citizen
from tests.journeys.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from playwright.sync_api import Browser

Someone = TypeVar("Someone", bound=Visitor)


class Arrival(Protocol):
    def __call__(self, kind: type[Someone], language: str = "en", **how: Any) -> Someone: ...  # noqa: ANN401 - whatever Playwright understands


@pytest.fixture
def arrives(browser: Browser, house: tuple[Flask, str], town: Flask) -> Iterator[Arrival]:
    """Somebody walks in with a fresh browser; when the story is over, nothing may have gone wrong in it."""
    _app, address = house
    everybody: list[Visitor] = []
    with ExitStack() as browsers:

        def arrive(kind: type[Someone], language: str = "en", **how: Any) -> Someone:  # noqa: ANN401
            context = browsers.enter_context(visit(browser, **how))
            someone = kind(context, town, address, language)
            everybody.append(someone)
            return someone

        yield arrive
        for someone in everybody:
            someone.tab.must_be_content()


@pytest.fixture
def citizen(arrives: Arrival) -> Citizen:
    """Amina, who reads English and has JavaScript."""
    return arrives(Citizen)


@pytest.fixture
def worker_has_worked(town: Flask) -> Callable[[], None]:
    """One round of the real worker, as it would come by within seconds."""

    def work() -> None:
        with town.app_context():
            WorkerProcess(town).do_what_is_due()

    return work
