"""Real pages of chinanews.com, read against hand-made gold. They are third-party texts and stay outside the project."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newscrawl.items import Article, FetchedPage
from newscrawl.sources import read_page, registry
from newscrawl.text.tree import parse

FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus" / "chinanews"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the corpus of real pages is not at {FOLDER}")


@cache
def gold() -> dict[str, Any]:
    rows = [json.loads(line) for line in (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines() if line]
    row: dict[str, Any] = rows[0]
    return row


@cache
def whole() -> Article:
    body = gzip.decompress((FOLDER / gold()["file"]).read_bytes())
    return read_page(FetchedPage(url=gold()["url"], body=body))


@cache
def fragment(name: str, day: str) -> Article:
    """A fragment of a page (the story's element alone) in a page of our own."""
    story = (FOLDER / name).read_text(encoding="utf-8")
    head = "<html><head><title>一个标题 -中新网</title></head>"
    html = f"{head}<body><h1>一个标题</h1><i>{day} 10:00</i>{story}</body></html>"
    return read_page(
        FetchedPage(url=f"http://www.chinanews.com/sh/{day[:4]}/{day[5:]}/8000000.shtml", body=html.encode())
    )


def test_the_whole_article_is_known_by_its_id() -> None:
    assert whole().key == "chinanews:9229287"
    assert whole().language == "zh"


@pytest.mark.parametrize("field", ["headline", "credit"])
def test_plain_fields_equal_gold(field: str) -> None:
    assert getattr(whole(), field) == gold()[field]


@pytest.mark.parametrize("field", ["authors", "editors"])
def test_people_equal_gold(field: str) -> None:
    assert list(getattr(whole(), field)) == gold()[field]


def test_it_is_dated_to_the_minute_the_page_shows() -> None:
    published = whole().published
    assert published is not None
    assert published.local == gold()["published"] + "+08:00"


def test_the_body_equals_gold_paragraph_by_paragraph() -> None:
    optional = [*gold()["optional"], *gold()["byline_lines"]]
    got = [line for line in whole().body_text.split("\n") if line not in optional]
    assert got == [line for line in gold()["body"] if line not in optional]


def test_no_dateline_and_no_picture_is_invented() -> None:
    assert whole().dateline is gold()["dateline"] is None
    assert list(whole().images) == gold()["images"] == []


def test_related_links_of_gold_are_all_there_and_the_channels_picks_have_dates() -> None:
    source = registry().get("chinanews")
    found = {row.headline: row for row in whole().related}
    for row in gold()["related"]:
        address = source.address("http://www.chinanews.com" + row["href"])
        assert address is not None
        assert found[row["title"]].url == address.url
        assert found[row["title"]].key == address.key
    assert sum(row.published is not None for row in found.values()) == 7


def test_the_fragment_of_2016_gives_its_dateline_and_none_of_its_advertisement() -> None:
    article = fragment("frag_2016-09-11_nanning.html", "2016-09-11")
    assert article.dateline is not None
    assert article.dateline.raw == "中新社南宁9月11日电 (陈燕)"
    assert article.authors == ("陈燕",)
    lines = article.body_text.split("\n")
    assert len(lines) == 11
    assert lines[-1].endswith("合作平台。")
    assert not any(
        word in article.body_text + article.body_html for word in ("ac_as_id", "CDATA", "adhzh", "完)", "　")
    )
    assert article.images == ()


def test_the_fragment_of_2019_gives_its_pictures_in_order_and_its_true_source() -> None:
    article = fragment("frag_2019-03-30_training.html", "2019-03-30")
    source = (FOLDER / "frag_2019-03-30_training.html").read_text(encoding="utf-8")
    assert [image.url for image in article.images] == parse(source.encode()).xpath("//img/@src")
    assert len(article.images) == 21
    assert [image.caption for image in article.images if image.caption] == [
        "△网友晒出的课程成果",
        "△某职业培训指导中心家政护理实训室",
        "△某职业培训指导中心中式烹饪实训室",
    ]
    assert article.credit == "观察者网"
    assert article.dateline is None
    assert "本文来源" not in article.body_text
    assert not any(line.startswith("△") or "slotbydup" in line for line in article.body_text.split("\n"))


def test_the_channel_page_has_37_articles_and_neither_its_video_nor_the_houses_rules_are_any() -> None:
    source = registry().get("chinanews")
    tree = parse(gzip.decompress((FOLDER / "channel-china-2025-08-09.html.gz").read_bytes()))
    base = "https://www.chinanews.com.cn/china/"
    tree.make_links_absolute(base, handle_failures="ignore")
    urls = tree.xpath("//a/@href")
    keys = {address.key for url in urls if (address := source.address(url))}
    assert len(keys) == 37
    assert any("/kong/" in url for url in urls)
    assert "chinanews:8426100" not in keys
    assert any(source.not_article(url) for url in urls)


def test_the_generic_reader_alone_finds_the_same_story() -> None:
    body = gzip.decompress((FOLDER / gold()["file"]).read_bytes())
    article = read_page(FetchedPage(url=gold()["url"], body=body), generic=True)
    assert article.body_text == whole().body_text
    assert article.headline == whole().headline
    assert article.published is not None
    assert article.published.local[:16] == gold()["published"]
