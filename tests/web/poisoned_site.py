"""The poisoned newsroom (poisoned.py) crawled and published, and plain pages that fall for what it holds: made once for
the files of tests that open them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import attrs
import brs_kb
from poisoned import WORD, Poisoned, newsroom, of_others, plant, write
from running import NOW, Desk
from web_made import CSP, SITE, Server
from xss_bytes import odd_pages
from xss_vectors import Vector, vectors
from xss_watch import Seen, Watch

VECTORS = vectors()
_NOTHING = re.compile(r"[\x00-\x20\x7f-\xa0\u200b\u2028\u2029\u2060\ufeff\u3000]+")
_FEW = 10
_SOME = 4


@attrs.frozen
class Published:
    desk: Desk
    articles: tuple[Poisoned, ...]
    site: Path

    def pages(self) -> list[str]:
        """The paths of all pages, but of topics one in four, and one in ten of other lists that only repeat what others
        tell: a vector's headline stands on its article's page and in its day, its keyword among that page's tags."""
        found = sorted(page.relative_to(self.site) for page in self.site.rglob("*.html"))
        same = [page for page in found if page.parts[0] in ("topic", "section", "source") and not _is_front(page)]
        topics = [page for page in found if page.parts[0] == "topic" and len(page.parts) == 3]
        left = (set(same) - set(same[::_FEW])) | (set(topics) - set(topics[::_SOME]))
        return ["/" + quote(page.as_posix().removesuffix("index.html")) for page in found if page not in left]

    def ids(self, way: str) -> list[int]:
        """Of the articles that hold their vector in this way."""
        keys = {one.key for one in self.articles if one.way == way}
        return [id_ for id_, key in self.desk.rows("SELECT id, key FROM published ORDER BY id") if key in keys]


def _is_front(page: Path) -> bool:
    """Of a topic, or of all of them."""
    return len(page.parts) == 2 or (page.parts[0] == "topic" and len(page.parts) == 3)


def payloads() -> list[str]:
    """What brs-kb lists."""
    found = {told["payload"] for told in brs_kb.get_all_payloads().values()}
    return sorted(text.replace("{{CALLBACK_URL}}", "https://callback.invalid/") for text in found if text.strip())


def published_in(folder: Path) -> Published:
    articles = (*newsroom(VECTORS, odd_pages(first=901)), *of_others(payloads()))
    replay = str(write(folder, articles))
    settings = {"NEWSCRAWL_REPLAY": replay, "NEWSCRAWL_NOW": NOW, "NEWSCRAWL_ARCHIVE": ""}
    desk = Desk(folder, settings | {"NEWSCRAWL_SITE": json.dumps(SITE)})
    done = desk.scrapy("crawl", "chinanews")
    assert done.code == 0, done.err[-3000:]
    plant(desk.db, VECTORS)
    return Published(desk, articles, publish(desk))


def publish(desk: Desk, **settings: str) -> Path:
    folder = desk.folder / "site"
    done = desk.scrapy("publish", str(folder), settings=settings)
    assert done.code == 0, done.err[-3000:]
    return folder


def plain_in(folder: Path) -> Path:
    """A page for each vector that has it where it is at home, as it stands."""
    head = f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{CSP}">'
    for vector in VECTORS:
        (folder / plain_name(vector)).write_text(vector.page(head), encoding="utf-8")
    return folder


def plain_name(vector: Vector) -> str:
    return f"{vector.number}.{'xml' if vector.place == 'xml' else 'html'}"


def bare(text: str) -> str:
    """Without blanks and what ``plain`` takes away."""
    return _NOTHING.sub("", text)


def is_clean(watch: Watch, seen: list[Seen]) -> bool:
    """Nothing ran, the policy had nothing to refuse, and no page holds what is not ours."""
    found = [(one.path, one.faults) for one in seen if one.faults]
    said = f"ran: {watch.ran[:5]}\nrefused: {watch.refused[:5]}\nin {len(found)} pages: {found[:5]}"
    assert (found, watch.ran, watch.refused) == ([], [], []), said
    others = watch.pictures - {address for one in seen for address in one.pictures}
    assert not others, others
    return True


def all_is_clean(published: Published, watch: Watch, pages: list[str]) -> bool:
    """So is every page, and each article has its own headline."""
    seen = watch.look(pages)
    assert is_clean(watch, seen)
    blank = [one.path for one in seen if one.title is None]
    assert not blank, blank
    shown = {one.path: one for one in seen}
    for id_, headline in published.desk.rows("SELECT id, headline FROM published"):
        page = shown.get(f"/a/{id_}/")
        assert page is None or bare(page.title or "") == bare(headline), page
    return True


# -- search -----------------------------------------------------------------------------------------------------------

_SHOW_ALL = """async () => {
    const [list, more] = document.querySelectorAll("#results, #results + button");
    const until = async isSo => {
        for (let turns = 0; turns < 500 && !isSo(); turns += 1) await new Promise(done => setTimeout(done, 20));
    };
    await until(() => list.childElementCount >= 20);
    while (!more.hidden) {
        const count = list.childElementCount;
        more.click();
        await until(() => list.childElementCount > count && more.onclick || more.hidden);
    }
    return list.childElementCount;
}"""
_TYPE_ALL = """async texts => {
    const [form, input, status] = ["search", "q", "status"].map(id => document.getElementById(id));
    for (const text of texts) {
        input.value = text;
        form.requestSubmit();
        await new Promise(done => setTimeout(done, 10));
    }
    return status.textContent;
}"""


def search_is_clean(published: Published, watch: Watch, server: Server, asked: tuple[Vector, ...]) -> bool:
    """It finds all there is and shows every result, every vector is typed, and the addresses that ask for the vectors
    ``asked`` are opened."""
    ((stored,),) = published.desk.rows("SELECT count(*) FROM published")
    watch.page.goto(f"{server.origin}/search/?q={quote(WORD)}")
    assert watch.page.evaluate(_SHOW_ALL) > 0.95 * stored
    results = "[...document.querySelectorAll('#results *')]"
    assert set(watch.page.evaluate(f"{results}.map(e => e.localName)")) == {"li", "h3", "p", "a", "time", "span"}
    names = set(watch.page.evaluate(f"{results}.flatMap(e => e.getAttributeNames())"))
    assert names <= {"class", "href", "dir", "lang", "datetime"}
    hosts = watch.page.evaluate(f"{results}.flatMap(e => e.href ? [new URL(e.href).origin] : [])")
    assert set(hosts) == {server.origin}
    assert watch.page.evaluate(_TYPE_ALL, [vector.text for vector in VECTORS])
    return is_clean(watch, watch.look([f"/search/?q={quote(vector.text)}" for vector in asked], rest=40))
