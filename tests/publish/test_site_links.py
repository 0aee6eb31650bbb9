"""Whatever a published site names of its own is there: by links of pages, in feeds, sitemaps, records and search."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import attrs
import pytest
from exported import SITE
from lxml import etree, html
from site_made import House, news, tree

ODD = ("A/B", "a-b", "..", "100%", "?q=1#x", "<b>", "長" * 40)
"""Topics that no folder could be called by."""
GONE = ("morning:303", "morning:12")


BASES = (SITE.base, "https://reprint.example/news/of", "")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """150 articles, published for each of BASES, then again when some are gone, held back, corrected."""
    house = House(tmp_path_factory.mktemp("links"))
    house.keep(*(news(number, day=f"2025-11-0{1 + number // 110}") for number in range(130)))
    house.keep(*(news(200 + number, topic=f"镇{number}", keywords=(word,)) for number, word in enumerate(ODD)))
    house.keep(news(300, credit="excerpt"), news(301, credit="link"), news(302, robots=("noindex",)), news(303))
    publish(house)
    for key in GONE:
        house.vanish(key)
    house.keep(news(5, headline="第五号另有标题", correction="更正：另有标题。"))
    house.settle({"credit:excerpt": "excerpt", "credit:link": "link"})
    publish(house)
    return house


def publish(house: House) -> None:
    for base in BASES:
        house.publish(attrs.evolve(SITE, base=base), site(house, base))


def site(house: House, base: str = SITE.base) -> Path:
    return house.folder / f"site{BASES.index(base)}"


def named(address: str, content: bytes) -> Iterator[str]:
    """What the file at ``address`` names: absolute addresses."""
    if address.endswith((".html", "/")):
        for link in html.document_fromstring(content).xpath("//@href | //@src | //@action"):
            yield urljoin(address, link)
    elif address.endswith(".xml"):
        root = etree.fromstring(content)
        yield from root.xpath("//@href")
        yield from (text.strip() for text in root.xpath("//*[local-name() = 'loc' or local-name() = 'link']/text()"))
    elif address.endswith(("feed.json", "ninjs.json")):
        yield from _addresses(json.loads(content))


def _addresses(told: object) -> Iterator[str]:
    if isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _addresses(each)
    elif isinstance(told, str) and told.startswith("http"):
        yield told


def dead(root: Path, base: str) -> set[tuple[str, str]]:
    """What is named within the site and is not there, with the file that names it."""
    files = tree(root)
    found = {_address(name, base): content for name, content in files.items()}
    return {
        (address.removeprefix(base), link)
        for address, content in found.items()
        for link in named(address, content)
        if link.startswith(f"{base}/") and not _is_there(link, found)
    }


def _address(name: str, base: str) -> str:
    return f"{base}/{name.removesuffix('index.html') if name.rpartition('/')[2] == 'index.html' else name}"


def _is_there(link: str, found: dict[str, bytes]) -> bool:
    """The file, and in it what a fragment names."""
    address, fragment = urldefrag(link)
    content = found.get(unquote(address.partition("?")[0]))
    return content is not None and (not fragment or f'id="{fragment}"'.encode() in content)


@pytest.mark.parametrize("base", BASES)
def test_whatever_is_named_of_the_site_is_there(house: House, base: str):
    assert dead(site(house, base), base or "https://anywhere.example/at") == set()


def test_what_is_not_there_is_found_out(house: House, tmp_path: Path):
    root = shutil.copytree(site(house), tmp_path / "site")
    gone = f"a/{house.id('morning:7')}/"
    (root / gone / "index.html").unlink()
    (root / "static" / "style.css").unlink()
    links = {link for _, link in dead(root, SITE.base)}
    assert f"{SITE.base}/{gone}" in links
    assert any("style.css" in link for link in links)


def test_every_page_can_be_reached_from_home_but_the_notices(house: House):
    files = tree(site(house))
    pages = {_address(name, SITE.base): content for name, content in files.items() if name.endswith(".html")}
    seen, open_ = set(), {f"{SITE.base}/"}
    while open_:
        seen |= open_
        leading = {unquote(urldefrag(link)[0]) for address in open_ for link in named(address, pages[address])}
        open_ = (leading & pages.keys()) - seen
    assert f"{SITE.base}/day/2025-11-01/2/" in seen
    assert pages.keys() - seen == {f"{SITE.base}/a/{house.id(key)}/" for key in GONE} | {f"{SITE.base}/404.html"}


def test_the_search_index_names_every_article_that_is_shown_and_no_other(house: House):
    files = tree(site(house))
    docs = [json.loads(content) for name, content in files.items() if name.startswith("search/docs/")]
    told = [f"a/{article[0]}/index.html" for each in docs for article in each["articles"]]
    shown = [name for name, content in files.items() if name.startswith("a/") and b"<article" in content]
    assert sorted(told) == sorted(shown)
    assert len(shown) == 139
