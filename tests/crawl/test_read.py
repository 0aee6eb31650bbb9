"""Saved pages read without storing: the command and the function."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from loopback import article
from running import Desk

from newscrawl import read_article
from newscrawl.errors import NotAnArticle, Reason
from newscrawl.store.views import COLUMNS

ROOT = Path(__file__).resolve().parents[2]
NEWSROOM = ROOT / "data" / "newsroom" / "www.chinanews.com.cn"
LEAD = "https://www.chinanews.com.cn/sh/2025/11-19/10518665.shtml"


def lead() -> bytes:
    return (NEWSROOM / "sh/2025/11-19/10518665.shtml").read_bytes()


def test_read_prints_every_column_of_published_and_who_answered(desk: Desk):
    (desk.folder / "page.html").write_bytes(lead())
    done = desk.scrapy("read", "page.html", "--url", LEAD, "--json")
    assert done.code == 0, done.err
    row = json.loads(done.out)
    assert set(row) >= {*COLUMNS["published"], "file", "answered_by", "rejected"}
    assert row["authors"] == ["李若溪", "韩立群"]
    assert (row["file"], row["rejected"]) == ("page.html", None)
    assert row["answered_by"]["headline"] == "selector"
    assert row["source_name"] == "中国新闻网"


def test_generic_switches_the_publishers_rules_off(desk: Desk):
    (desk.folder / "page.html.gz").write_bytes(gzip.compress(lead()))
    row = json.loads(desk.scrapy("read", "page.html.gz", "--url", LEAD, "--generic", "--json").out)
    assert "selector" not in row["answered_by"].values()
    assert row["headline"] == "太原老旧小区装上“会说话”的供热管家 入冬后投诉量降七成"


def test_several_files_are_several_lines_and_what_is_no_article_says_why(desk: Desk):
    (desk.folder / "a.html").write_text(article(1), encoding="utf-8")
    (desk.folder / "b.html").write_text("<html><body><h1>空</h1></body></html>", encoding="utf-8")
    done = desk.scrapy("read", "a.html", "b.html", "--json")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["rejected"] for row in rows] == [None, "no_body"]
    assert rows[0].keys() == rows[1].keys()
    assert done.code == 0


def test_a_listing_says_which_articles_todays_declaration_finds_in_it(desk: Desk):
    item = '<li><div class="dd_bt"><a href="/sh/2025/11-19/{0}.shtml">第{0}条</a></div></li>'
    items = "".join(item.format(number) for number in range(1, 13))
    body = f'<html><body><div class="content_list"><ul>{items}</ul></div></body></html>'
    (desk.folder / "list.html").write_text(body, encoding="utf-8")
    (desk.folder / "other.html").write_bytes((NEWSROOM / "index.html").read_bytes())
    (desk.folder / "rss.html").write_text("<html><body>维护中</body></html>", encoding="utf-8")
    address = "https://www.chinanews.com.cn/scroll-news/news1.html"
    out = desk.scrapy("read", "list.html", "--url", address).out
    assert "article links that today's declaration of scroll-news finds in it: 12, the first 10:" in out
    keys = [line for line in out.splitlines() if line.startswith("  chinanews:")]
    assert keys == [f"  chinanews:{number}" for number in range(1, 11)]
    named = body.replace("<body>", f'<head><link rel="canonical" href="{address}"></head><body>')
    (desk.folder / "named.html").write_text(named, encoding="utf-8")
    row = json.loads(desk.scrapy("read", "named.html", "--json").out)
    assert (row["rejected"], row["listing"], len(row["links"])) == ("no_body", "scroll-news", 12)
    home = desk.scrapy("read", "other.html", "--url", "https://www.chinanews.com.cn/").out
    assert "no article" in home
    assert "article links" not in home
    broken = desk.scrapy("read", "rss.html", "--url", "https://www.chinanews.com.cn/rss/scroll-news.xml").out
    assert "today's declaration of rss finds in it: 0" in broken


def test_a_page_without_an_address_says_so(desk: Desk):
    (desk.folder / "page.html").write_bytes(re.sub(rb"<(link|meta)[^>]*(canonical|og:url)[^>]*>", b"", lead()))
    words = "no address known: read by the default chain alone; give --url for the publisher's rules"
    assert words in desk.scrapy("read", "page.html").out.splitlines()
    assert words not in desk.scrapy("read", "page.html", "--url", LEAD).out


def test_a_page_of_a_site_that_no_source_knows_says_how_one_is_begun(desk: Desk):
    """In one line, once for a site, and not where the publisher's rules are switched off or the site is known."""
    (desk.folder / "page.html").write_text(article(1), encoding="utf-8")
    (desk.folder / "lead.html").write_bytes(lead())
    url = "https://www.lakeside-times.com/a/1.html?id=7&p=1"
    words = f"to begin one: scrapy genspider -t news lakeside_times '{url}' --page page.html"
    out = desk.scrapy("read", "page.html", "--url", url).out
    assert out.splitlines()[-1] == f"no source knows lakeside-times.com; {words}"
    assert "genspider" not in desk.scrapy("read", "page.html", "--url", url, "--generic").out
    assert "genspider" not in desk.scrapy("read", "page.html").out
    assert "genspider" not in desk.scrapy("read", "lead.html", "--url", LEAD).out
    named = article(1).replace("</title>", f'</title><link rel="canonical" href="{url.replace("&", "&amp;")}">')
    for name in ("a.html", "b.html"):
        (desk.folder / name).write_text(named, encoding="utf-8")
    assert desk.scrapy("read", "a.html", "b.html").out.count("genspider") == 1


def test_a_person_sees_a_reprint_page(desk: Desk):
    (desk.folder / "page.html").write_bytes(lead())
    out = desk.scrapy("read", "page.html", "--url", LEAD).out
    assert "文章来源：" + LEAD in out
    assert "　　中新网太原11月19日电 (李若溪 韩立群)" in out
    assert "2025-11-19 16:29 +08:00" in out


def test_a_person_sees_every_field_with_who_answered_above_the_text(desk: Desk):
    (desk.folder / "page.html").write_bytes(lead())
    lines = desk.scrapy("read", "page.html", "--url", LEAD).out.splitlines()
    fields = {line.split()[0]: line.split()[1:] for line in lines if re.match(r"  [a-z]", line)}
    assert fields["authors"] == ["text", "0.85", "李若溪、韩立群"]
    assert fields["keywords"] == ["meta", "0.85", "太原、供热、老旧小区、智能阀门"]
    assert fields["language"] == ["generic", "0.95", "zh"]
    assert fields["body"][2:] == ["7", "paragraphs,", "653", "characters"]
    assert fields["related"] == ["selector", "0.99", "6"]
    told = next(number for number, line in enumerate(lines) if line.startswith("  related"))
    text = next(number for number, line in enumerate(lines) if line.startswith("　　中新网"))
    assert told < text < lines.index("相关 · 太原")


def test_what_an_article_has_not_is_no_line(desk: Desk):
    """Neither an empty source line, nor a hand for a related list that is empty."""
    (desk.folder / "page.html").write_text(article(1), encoding="utf-8")
    out = desk.scrapy("read", "page.html").out
    assert "文章来源" not in out
    assert "\n  related" not in out


def test_modified_is_told_in_the_zone_of_publication(desk: Desk):
    data = '{"@type":"NewsArticle","datePublished":"2025-11-19T16:05:00+01:00","dateModified":"2025-11-19T18:20:00Z"}'
    page = article(1).replace("</head>", f'<script type="application/ld+json">{data}</script></head>')
    page = re.sub(r'<span class="time">.*?</span>', "", page)
    (desk.folder / "page.html").write_text(page, encoding="utf-8")
    out = desk.scrapy("read", "page.html").out
    assert re.search(r"^  published +jsonld [\d.]+ +2025-11-19 16:05 \+01:00$", out, re.M)
    assert re.search(r"^  modified +jsonld [\d.]+ +2025-11-19 19:20 \+01:00$", out, re.M)


@pytest.mark.parametrize("name", ["missing.html", "broken.html.gz", "broken.warc.gz"])
def test_a_file_that_cannot_be_read_is_named_and_exit_1(desk: Desk, name: str):
    if name.startswith("broken"):
        (desk.folder / name).write_bytes(b"this is neither")
    done = desk.scrapy("read", name)
    assert done.code == 1
    assert name in done.err
    assert "Traceback" not in done.err


def test_a_file_that_cannot_be_read_does_not_stop_the_others(desk: Desk):
    (desk.folder / "a.html").write_text(article(1), encoding="utf-8")
    (desk.folder / "b.html").write_text(article(2), encoding="utf-8")
    done = desk.scrapy("read", "a.html", "missing.html", "b.html", "--json")
    assert [json.loads(line)["file"] for line in done.out.splitlines()] == ["a.html", "b.html"]
    assert done.err.splitlines() == ["newscrawl: missing.html: there is no such file"]
    assert done.code == 1


@pytest.mark.parametrize("url", ["notaurl", "file:///srv/page.html", "", "https://"])
def test_an_address_that_is_none_of_the_web_is_refused(desk: Desk, url: str):
    (desk.folder / "page.html").write_bytes(lead())
    done = desk.scrapy("read", "page.html", f"--url={url}")
    assert (done.code, "http:// or https://" in done.out + done.err) == (2, True)
    assert "太原" not in done.out


def test_one_address_is_not_given_to_several_pages(desk: Desk, bundled: Path):
    for name in ("a.html", "b.html"):
        (desk.folder / name).write_bytes(lead())
    done = desk.scrapy("read", "a.html", "b.html", "--url", LEAD)
    assert (done.code, "give one file with it" in done.out + done.err) == (2, True)
    assert desk.scrapy("read", "a.html", str(bundled), "--url", LEAD, "--json").code == 0


def test_read_article_wants_bytes():
    with pytest.raises(TypeError, match="bytes, as they were sent, not str"):
        read_article(lead().decode(), LEAD)  # type: ignore[arg-type]


def test_read_article_gives_what_a_crawl_would_store():
    read = read_article(lead(), LEAD)
    assert read.key == "chinanews:10518665"
    assert read.dateline is not None
    assert (read.dateline.place, read.authors) == ("太原", ("李若溪", "韩立群"))
    assert "<script" not in read.body_html


def test_read_article_knows_a_publisher_by_the_canonical_address_in_the_page():
    page = article(3).replace("</title>", f'</title><link rel="canonical" href="{LEAD}">')
    assert read_article(page.encode()).source == "chinanews"


def test_read_article_asks_for_the_other_pages():
    page = (NEWSROOM / "gn/2025/11-19/10518640.shtml").read_bytes()
    with pytest.raises(NotAnArticle) as raised:
        read_article(page, "https://www.chinanews.com.cn/gn/2025/11-19/10518640.shtml")
    assert raised.value.reason is Reason.NEEDS_MORE_PAGES
    assert raised.value.next_url == "https://www.chinanews.com.cn/gn/2025/11-19/10518640_2.shtml"


def test_page_one_of_many_is_rejected_and_shown_with_what_it_holds(desk: Desk):
    body = (NEWSROOM / "gn/2025/11-19/10518640.shtml").read_bytes()
    (desk.folder / "page.html").write_bytes(body)
    url = "https://www.chinanews.com.cn/gn/2025/11-19/10518640.shtml"
    row = json.loads(desk.scrapy("read", "page.html", "--url", url, "--json").out)
    assert row["rejected"] == "needs_more_pages"
    assert row["headline"]
    assert len(row["body_text"]) > 100
    with pytest.raises(NotAnArticle) as raised:
        read_article(body, url)
    assert raised.value.so_far.headline == row["headline"]


def test_read_article_hears_the_robots_header():
    read = read_article(lead(), LEAD, headers={"Content-Type": "text/html", "X-Robots-Tag": "noarchive"})
    assert "noarchive" in read.robots


@pytest.mark.parametrize(
    "module", ["newscrawl", "newscrawl.text.dateline", "newscrawl.sources", "newscrawl.store.reader"]
)
def test_importing_the_pure_rooms_loads_no_scrapy(module: str):
    code = f"import sys, {module}; print('scrapy' in sys.modules or 'twisted' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr
