"""The search page's script in the browser finds what the index holds, and says what it does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import Visit, visiting
from playwright.sync_api import Browser, Page, Route
from searched import HEADLINES, change, dealt, holding, pieces, told
from web_made import serving_site

from newscrawl.options import Site
from newscrawl.publish.folder import Folder
from newscrawl.publish.press import Press
from newscrawl.publish.searching import SMALL
from newscrawl.publish.words import words

SAID = words("zh")
SITE = Site(name="晋阳网", base="", handle="", language="zh", contact="")
IDS = "[...document.querySelectorAll('#results a')].map(link => Number(link.href.match(/\\/a\\/(\\d+)\\/$/)[1]))"
NUMBER = 57


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month with a map."""
    return _site(tmp_path_factory.mktemp("large"), SMALL + 1)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month without."""
    folder = _site(tmp_path_factory.mktemp("small"), 2)
    many = [change(1000 + number, f"晋祠第{number}景", f"2025-10-31T08:00:{number:02}Z") for number in range(NUMBER)]
    told(folder, {("2025-10-31", 1): many})
    return folder


def _site(root: Path, parts: int) -> Path:
    folder, press = Folder(root), Press(SITE)
    for name, content in press.static():
        folder.put(name, content)
    folder.put("search/", press.search())
    folder.put("404.html", press.not_found())
    told(root, dealt(parts))
    assert (root / "search" / "words").exists() == (parts > SMALL)
    return root


@pytest.fixture(params=["small", "large"])
def visit(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Visit]:
    folder = request.getfixturevalue(request.param)
    with serving_site(folder, under="/news") as server, visiting(browser, server) as visit:
        yield visit


def find(page: Page, query: str) -> list[int]:
    page.fill("#q", query)
    page.press("#q", "Enter")
    return results(page)


def results(page: Page, number: int | None = None) -> list[int]:
    """Those shown when the search is done, or when there are ``number``."""
    until(lambda: page.text_content("#status") not in ("", SAID["search_searching"]))
    if number is not None:
        until(lambda: len(page.evaluate(IDS)) == number)
    found: list[int] = page.evaluate(IDS)
    return found


def until(is_so: Callable[[], bool]) -> None:
    """Wait. The browser's own way needs eval(), which the policy forbids."""
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_pieces_of_words_are_found_where_they_stand_and_nowhere_else(visit: Visit):
    visit.go("/search/")
    every = sorted(
        {piece for headline in HEADLINES for piece in pieces(headline)}, key=lambda piece: (len(piece), piece)
    )
    for piece in every[::23]:
        assert set(find(visit.page, piece)) - set(range(1000, 2000)) == holding(piece), piece
    assert visit.is_silent()


def test_all_words_must_be_there(visit: Visit):
    visit.go("/search/")
    assert set(find(visit.page, "太原　野家")) == holding("太原", "野家")
    assert find(visit.page, "太原 灯会") == []
    assert visit.page.text_content("#status") == SAID["search_none"]
    assert visit.is_silent()


def test_the_source_is_found_and_marks_round_a_word_are_not_looked_for(visit: Visit):
    visit.go("/search/")
    assert set(find(visit.page, "“大同，” 《晨网》")) == holding("大同")
    assert visit.is_silent()


def test_the_address_says_what_is_searched_both_ways(visit: Visit):
    visit.go("/search/?q=%E5%A4%A7%E5%90%8C")
    assert results(visit.page) == [1]
    assert visit.page.input_value("#q") == "大同"
    find(visit.page, "图书馆")
    assert visit.here() == "/search/?q=%E5%9B%BE%E4%B9%A6%E9%A6%86"
    assert visit.page.text_content("#status") == SAID["search_found"].format(n=1)


def test_what_is_typed_is_searched_after_a_pause_and_what_is_wiped_out_leaves_nothing(visit: Visit):
    visit.go("/search/")
    visit.page.type("#q", "灯会")
    assert results(visit.page) == [1]
    visit.page.fill("#q", "")
    until(lambda: visit.page.evaluate(IDS) == [] and visit.page.text_content("#status") == "")
    assert visit.here() == "/search/"
    assert visit.is_silent()


def test_a_headline_is_text(visit: Visit):
    visit.go("/search/")
    find(visit.page, "onerror")
    assert visit.page.text_content("#results a") == "<img src=x onerror=alert(1)>"
    assert visit.page.locator("#results img").count() == 0
    assert visit.is_silent()


def test_results_lead_to_their_pages_and_say_when_and_from_whom(visit: Visit):
    visit.go("/search/?q=灯会")
    results(visit.page)
    assert visit.page.evaluate("document.querySelector('#results a').pathname") == "/news/a/1/"
    assert visit.page.get_attribute("#results time", "datetime") == "2025-11-19 08:00"
    assert visit.page.text_content("#results .facts") == "2025-11-19 08:00 晨网"


def test_twenty_at_a_time_newest_first_and_the_reader_goes_on_where_they_begin(small: Path, browser: Browser):
    with serving_site(small) as server, visiting(browser, server) as visit:
        visit.go("/search/?q=晋祠")
        newest = [1000 + number for number in reversed(range(NUMBER))]
        more = visit.page.get_by_role("button", name=SAID["search_more"])
        for shown in (20, 40):
            assert results(visit.page, shown) == newest[:shown]
            assert visit.page.text_content("#status") == SAID["search_some"].format(n=shown)
            more.click()
        assert results(visit.page, NUMBER) == newest
        assert visit.page.text_content("#status") == SAID["search_found"].format(n=NUMBER)
        assert visit.page.evaluate("document.activeElement.textContent") == "晋祠第16景"
        assert more.is_hidden()
        assert visit.is_silent()


def test_an_index_that_cannot_be_reached_is_said(small: Path, browser: Browser, tmp_path: Path):
    with serving_site(small) as server, visiting(browser, server) as visit:
        visit.go("/search/")
        visit.page.route("**/search/index.json", lambda route: route.abort())
        assert find(visit.page, "太原") == []
        assert visit.page.text_content("#status") == SAID["search_failed"]
        visit.page.unroute("**/search/index.json")
        assert find(visit.page, "灯会") == [1]


def test_a_search_that_another_overtakes_is_given_up(small: Path, browser: Browser):
    with serving_site(small) as server, visiting(browser, server) as visit:
        visit.go("/search/")
        held: list[Route] = []
        visit.page.route("**/docs/2025-11-19/2.json", lambda route: held.append(route), times=1)
        visit.page.fill("#q", "太原")
        visit.page.press("#q", "Enter")
        until(lambda: bool(visit.page.evaluate("true") and held))
        with visit.page.expect_event("requestfailed", lambda request: request == held[0].request):
            assert find(visit.page, "灯会") == [1]
        assert visit.is_silent()


def test_a_part_that_went_meanwhile_holds_nobody_up(large: Path, browser: Browser):
    with serving_site(large) as server, visiting(browser, server) as visit:
        visit.go("/search/")
        visit.page.route("**/docs/2025-11-19/1.json", lambda route: route.fulfill(status=404, body="gone"))
        assert set(find(visit.page, "太原")) == holding("太原") - {0}
