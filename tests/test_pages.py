"""The promise every page keeps: in every language and direction, on every screen, for every reader."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from participation.i18n import LANGUAGES
from tests.applications import make_empty
from tests.browser import Tab, accessibility_faults, visit
from tests.people import Page
from tests.showroom import NO_PAGES, PAGES, Address, Showroom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bs4 import Tag
    from flask import Flask
    from playwright.sync_api import Browser

SCREENS = {
    "en-light-320": {"locale": "en", "color_scheme": "light", "viewport": {"width": 320, "height": 640}},
    "ar-dark-320": {"locale": "ar", "color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
    "en-dark-1280": {"locale": "en", "color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "ar-light-1280": {"locale": "ar", "color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "fr-large-text-640": {"locale": "fr", "viewport": {"width": 640, "height": 900}},
    "ar-forced-colors-640": {
        "locale": "ar",
        "forced_colors": "active",
        "reduced_motion": "reduce",
        "viewport": {"width": 640, "height": 900},
    },
}
MEASURED_BY_AXE = [name for name in SCREENS if "light" in name or "dark" in name]
SMALLEST_TARGET = 24

# What lies outside the screen to the right or left, in pixels; a table in its own scrolling box is inside.
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Targets too small for a finger: links within a sentence are excepted, as WCAG 2.5.8 does.
# Answers of which one is chosen, and none of which looks different.
LOOKING_ALIKE = """
[...document.querySelectorAll("form")].filter((form) => {
  const looks = (pressed) => [...form.querySelectorAll(`[aria-pressed=${pressed}]`)]
    .map((button) => [getComputedStyle(button).backgroundColor, getComputedStyle(button).outlineStyle].join());
  return looks("true").some((look) => looks("false").includes(look));
}).length
"""
SMALL_TARGETS = """
(smallest) => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter((element) => {
    const box = element.getBoundingClientRect();
    const inSentence = getComputedStyle(element).display === "inline";
    return element.checkVisibility() && !element.matches(".visually-hidden, [disabled]") && !inSentence
      && (box.width < smallest || box.height < smallest);
  })
  .map((element) => element.outerHTML.slice(0, 120))
"""
# Letters, words, lines and paragraphs as far apart as WCAG 1.4.12 says a reader may set them.
SPREAD_OUT = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
document.adoptedStyleSheets = [sheet];
"""
CUT_OFF = """
[...document.querySelectorAll("main *")].filter((element) => {
  const { overflowY, overflowX } = getComputedStyle(element);
  const hides = [overflowY, overflowX].some((way) => ["hidden", "clip"].includes(way));
  // A field scrolls what is written in it.
  const isText = !element.closest(".visually-hidden, svg, input, textarea, select");
  return hides && element.checkVisibility() && isText
    && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1);
}).map((element) => element.outerHTML.slice(0, 120))
"""
# Where the keyboard is: what is wrong with the place, and whether it is back at the start.
FOCUS = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return { end: true };
  const box = element.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const covered = middle && !element.contains(middle) && !middle.contains(element);
  const { outlineStyle, boxShadow } = getComputedStyle(element);
  const faults = [];
  if (box.bottom < 0 || box.top > innerHeight) faults.push("is outside the screen");
  if (covered) faults.push(`is covered by ${middle.outerHTML.slice(0, 80)}`);
  // The calendar button inside a date is the browser's own, with its own ring.
  const inside = element.type === "date" && !element.matches(":focus-visible");
  if (outlineStyle === "none" && boxShadow === "none" && !inside) faults.push("shows no focus");
  // A date has several stops, one after another.
  const seen = element.hasAttribute("data-reached") && element !== window.lastPlace;
  window.lastPlace = element;
  element.setAttribute("data-reached", "");
  return { end: seen, faults: faults.map((fault) => `${element.outerHTML.slice(0, 120)} ${fault}`) };
}
"""
NOT_REACHED = """
[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((element) => element.checkVisibility() && !element.matches("[disabled], [data-reached], [tabindex='-1']"))
  .filter((element) => !element.closest("fieldset[disabled]"))
  // Of a group of radio buttons the keyboard stops at one; the arrow keys do the rest.
  .filter((element) => element.type !== "radio" || !document.querySelector(`[data-reached][name="${element.name}"]`))
  .map((element) => element.outerHTML.slice(0, 120))
"""
MOST_STOPS = 250


@pytest.fixture(scope="module")
def showroom(house: tuple[Flask, str]) -> Iterator[Showroom]:
    app, address = house
    yield Showroom(app, address)
    make_empty(app)


@pytest.fixture(scope="module")
def seen_by(browser: Browser, showroom: Showroom) -> Iterator[Callable[[Address, str], Tab]]:
    """Opens a page on a screen; each reader has one tab on each screen."""
    tabs: dict[tuple[str, str], Tab] = {}
    with ExitStack() as screens:

        def look(page: Address, screen: str) -> Tab:
            if (screen, page.who) not in tabs:
                context = screens.enter_context(visit(browser, **SCREENS[screen]))
                for cookie in showroom.people[page.who].client._cookies.values():  # noqa: SLF001 - the client lists them nowhere else
                    if cookie.key != "language":
                        context.add_cookies(
                            [{"name": cookie.key, "value": cookie.value, "url": showroom.address}]
                        )
                tabs[screen, page.who] = Tab(context.new_page())
            tab = tabs[screen, page.who]
            tab.complaints.clear()
            tab.page.goto(showroom.address + showroom.path(page, SCREENS[screen]["locale"]))
            if page.status != 200:
                tab.forgives(f"a status of {page.status}")
            return tab

        yield look


@pytest.fixture(params=PAGES, ids=str)
def page(request: pytest.FixtureRequest) -> Address:
    return request.param


def test_every_route_stands_in_the_register(house: tuple[Flask, str]) -> None:
    """A new page is looked at from its first day: add it to PAGES in tests/showroom.py."""
    app, _address = house
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert routes == {page.endpoint for page in PAGES} | NO_PAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_well_made(showroom: Showroom, page: Address, language: str) -> None:
    answer = Page(showroom.people[page.who].client.get(showroom.path(page, language)))
    assert answer.status == page.status
    html = answer.html.html
    assert (html["lang"], html["dir"]) == (language, LANGUAGES[language].direction)
    unlabelled = [control for control in answer.html.select(CONTROLS) if not label_of(control, answer)]
    assert not unlabelled
    nameless = [link for link in answer.html.select("a[href], button") if not name_of(link)]
    assert not nameless


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_have_the_same_title(showroom: Showroom, language: str) -> None:
    titles: dict[str, Address] = {}
    for page in PAGES:
        if page.consultation in {None, "open"}:
            answer = Page(showroom.people[page.who].client.get(showroom.path(page, language)))
            title = answer.html.title.get_text()
            twin = titles.setdefault(title, page)
            # One page in another state may keep its name.
            assert twin.endpoint == page.endpoint, f"{page} and {twin} are both called {title}"


def test_a_page_runs_no_script_and_no_style_but_ours(showroom: Showroom, page: Address) -> None:
    answer = showroom.people[page.who].client.get(showroom.path(page, "en"))
    policy = dict(part.split(maxsplit=1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == "'none'"
    assert policy.pop("frame-ancestors") == ("*" if page.endpoint == "votes.embed" else "'none'")
    assert set(policy.values()) <= {"'none'", "'self'"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("screen", MEASURED_BY_AXE)
def test_a_page_is_accessible(seen_by: Callable[[Address, str], Tab], page: Address, screen: str) -> None:
    """What axe can tell of WCAG 2.2 A and AA and of good practice, targets for fingers, and no scrolling sideways."""
    tab = seen_by(page, screen)
    assert tab.page.evaluate(OVERFLOW) == 0, "the page scrolls sideways"
    assert not tab.page.evaluate(SMALL_TARGETS, SMALLEST_TARGET)
    assert not accessibility_faults(tab.page)
    tab.must_be_content()


def test_a_page_can_be_read_with_letters_twice_as_large(
    seen_by: Callable[[Address, str], Tab], page: Address
) -> None:
    tab = seen_by(page, "fr-large-text-640")
    tab.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert tab.page.evaluate(OVERFLOW) == 0, "the page scrolls sideways"
    tab.must_be_content()


def test_a_page_can_be_read_with_letters_and_lines_far_apart(
    seen_by: Callable[[Address, str], Tab], page: Address
) -> None:
    tab = seen_by(page, "fr-large-text-640")
    tab.page.evaluate(SPREAD_OUT)
    assert not tab.page.evaluate(CUT_OFF), "text is cut off"
    assert tab.page.evaluate(OVERFLOW) == 0, "the page scrolls sideways"


def test_a_page_can_be_walked_with_the_keyboard(
    seen_by: Callable[[Address, str], Tab], page: Address
) -> None:
    """Tab reaches everything, the place is always to be seen, and no box keeps the focus."""
    tab = seen_by(page, "en-light-320")
    for _stop in range(MOST_STOPS):
        tab.page.keyboard.press("Tab")
        place = tab.page.evaluate(FOCUS)
        if place["end"]:
            break
        assert not place["faults"]
    else:
        raise AssertionError("the keyboard never comes to the end of the page")
    assert not tab.page.evaluate(NOT_REACHED)


def test_a_page_works_in_forced_colours_and_without_motion(
    seen_by: Callable[[Address, str], Tab], page: Address
) -> None:
    tab = seen_by(page, "ar-forced-colors-640")
    assert tab.page.locator("h1").is_visible()
    assert not tab.page.evaluate(LOOKING_ALIKE), "a chosen answer looks like the others"
    assert tab.page.evaluate("document.getAnimations().length") == 0
    assert tab.page.evaluate(OVERFLOW) == 0, "the page scrolls sideways"
    tab.must_be_content()


CONTROLS = "input:not([type=hidden]), select, textarea, progress"


def label_of(control: Tag, page: Page) -> str:
    """The words that name a form control: a label round it or for it, or an ARIA label."""
    if label := control.get("aria-label") or control.get("aria-labelledby"):
        return str(label)
    label = control.find_parent("label") or page.html.select_one(f'label[for="{control.get("id")}"]')
    return label.get_text(strip=True) if label else ""


def name_of(element: Tag) -> str:
    return element.get_text(strip=True) or str(element.get("aria-label", ""))
