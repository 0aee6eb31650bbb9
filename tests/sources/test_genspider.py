"""``scrapy genspider -t news``: what is written is right as it stands, or nothing is written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from string import Template
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import Desk
from test_cases import FIELDS

import newscrawl
from newscrawl.archive.newsroom import build
from newscrawl.discover.listings import Channel, Feed
from newscrawl.drafting import Draft, draft_of, slug_for
from newscrawl.errors import BadOption
from newscrawl.items import FetchedPage
from newscrawl.sources import Source

HOST = "www.lakeside-times.com"
URL = f"https://{HOST}/city/2025/1119/2051902.html"
FEED = '<link rel="alternate" type="application/rss+xml" href="/rss/all.xml">'
SITE = '<meta property="og:site_name" content="湖畔时报">'
TRAIL = '<div class="crumbs"><a href="/">首页</a> &gt; <a href="/city/index.html">城事</a> &gt; 正文</div>'
MORE = (
    '<ul><li><a href="/sport/2025/1118/2051877.html">环湖骑行赛周末开赛</a></li>'
    '<li><a href="/video/2025/1118/2051899.html">看鸟</a></li><li><a href="/about/">关于</a></li></ul>'
)
TEMPLATE = Path(newscrawl.__file__).parent / "templates" / "spiders" / "news.tmpl"


def story(head: str = SITE + FEED, foot: str = TRAIL + MORE, charset: str = "utf-8", bar: str = "") -> str:
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{charset}">
<title>湖心小岛的候鸟驿站迎来今冬首批旅客_湖畔时报</title>{head}</head><body>
<h1>湖心小岛的候鸟驿站迎来今冬首批旅客</h1>
<div class="info"><span>2025-11-19 09:30</span> <span>来源：湖畔时报</span> <span>作者：林晚舟</span></div>
<div class="content">
<p>清晨六点，湖心小岛的观鸟台上已经站满了人。第一批从北方来的候鸟昨夜落在芦苇荡里，守岛人用望远镜数了三遍，一共四百一十二只。</p>
<p>守岛人说，今年的水位比往年高出半米，浅滩上的小鱼也更多，鸟儿到得比去年早了九天。岛上新修的驿站里放着温水和谷粒。</p>
<p>环湖的三所小学从下周起轮流上岛，孩子们要学会辨认十二种常见的水鸟，再把看到的写进观察本。</p>
</div>{bar}{foot}</body></html>"""


def drafted(page: str, url: str = URL) -> Draft:
    return draft_of("lakeside", FetchedPage(url=url, body=page.encode()), today=date(2026, 1, 2))


def loaded(draft: Draft) -> Source:
    """The source of the file that is written."""
    return source_in(Template(TEMPLATE.read_text(encoding="utf-8")).substitute(draft.values()))


def source_in(text: str) -> Source:
    names: dict[str, Any] = {}
    exec(compile(text, "lakeside.py", "exec"), names)
    source = names["SOURCE"]
    assert isinstance(source, Source)
    return source


@pytest.fixture
def own(desk: Desk) -> Desk:
    """A desk with a package of sources of its own, and the page saved beside it."""
    (desk.folder / "mynews" / "sources").mkdir(parents=True)
    for folder in ("mynews", "mynews/sources"):
        (desk.folder / folder / "__init__.py").touch()
    (desk.folder / "page.html").write_text(story(), encoding="utf-8")
    desk.settings |= {"SPIDER_MODULES": "newscrawl.sources,mynews.sources", "NEWSPIDER_MODULE": "mynews.sources"}
    return desk


def written(desk: Desk) -> set[str]:
    found = (path for path in desk.folder.rglob("*") if path.is_file() and not path.name.startswith((".0", ".1")))
    return {str(path.relative_to(desk.folder)) for path in found if path.suffix in (".py", ".json", ".html")}


@contextmanager
def nothing_written(desk: Desk) -> Iterator[None]:
    before = {path for path in desk.folder.rglob("*") if path.suffix not in (".out", ".err", ".pyc")}
    yield
    after = {path for path in desk.folder.rglob("*") if path.suffix not in (".out", ".err", ".pyc")}
    assert {path for path in after - before if path.name != "__pycache__"} == set()


def test_a_saved_page_becomes_a_source_and_a_case(own: Desk):
    before = written(own)
    done = own.scrapy("genspider", "-t", "news", "lakeside", URL, "--page", "page.html")
    assert done.code == 0, done.err
    folder = "mynews/sources/cases/lakeside-2025-11-19"
    assert written(own) - before == {"mynews/sources/lakeside.py", f"{folder}/page.html", f"{folder}/case.json"}
    source = source_in((own.folder / "mynews/sources/lakeside.py").read_text(encoding="utf-8"))
    assert (source.slug, source.name, source.hosts) == ("lakeside", "湖畔时报", ("lakeside-times.com",))
    assert (source.language, source.zone, source.home) == ("zh", "Asia/Shanghai", f"https://{HOST}/")
    assert [(type(one), one.url) for one in source.listings] == [(Feed, f"https://{HOST}/rss/all.xml")]
    address = source.address(URL)
    assert address is not None
    assert address.key == "lakeside:2051902"
    assert [str(basis) for basis in source.pages] == ["seen: article of 2025-11-19"]
    assert str(source.articles[0].basis) == "seen: article of 2025-11-19"
    assert str(source.listings[0].basis) == "linked: article of 2025-11-19"


def test_the_case_expects_what_its_source_reads_today(own: Desk):
    own.scrapy("genspider", "lakeside", URL, "--page", "page.html")
    folder = own.folder / "mynews/sources/cases/lakeside-2025-11-19"
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    source = source_in((own.folder / "mynews/sources/lakeside.py").read_text(encoding="utf-8"))
    body = (folder / "page.html").read_text(encoding="utf-8").encode(case["encoding"])
    assert body == (own.folder / "page.html").read_bytes()
    article = source.read(FetchedPage(url=case["url"], body=body, content_type=case["content_type"]))
    assert {field: FIELDS[field](article) for field in case["expected"]} == case["expected"]
    assert case["expected"]["headline"] == "湖心小岛的候鸟驿站迎来今冬首批旅客"
    assert case["expected"]["authors"] == ["林晚舟"]


def test_it_says_that_the_words_are_the_publishers(own: Desk):
    out = own.scrapy("genspider", "lakeside", URL, "--page", "page.html").out
    assert "still the publisher's? Before it is committed it must be written anew in your own" in out
    assert "2 more that the page links" not in out
    assert "1 more that the page links" in out


def test_the_file_is_as_the_linters_want_it(own: Desk):
    pytest.importorskip("ruff", reason="ruff and mypy come with `make lint`")
    pytest.importorskip("mypy", reason="ruff and mypy come with `make lint`")
    own.scrapy("genspider", "lakeside", URL, "--page", "page.html")
    file = str(own.folder / "mynews/sources/lakeside.py")
    root = Path(__file__).resolve().parents[2]
    config = str(root / "pyproject.toml")
    for command in (
        ("ruff", "format", "--check", "--config", config, file),
        ("ruff", "check", "--config", config, file),
        ("mypy", "--config-file", config, "--follow-imports", "silent", file),
    ):
        done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=root)
        assert done.returncode == 0, done.stdout + done.stderr


def test_list_sources_read_and_crawl_know_it_at_once(own: Desk):
    """The page is found in the replay, by its address; the crawl walks the feed that the page names."""
    room = own.folder / "room" / HOST
    (room / "city/2025/1119").mkdir(parents=True)
    (room / "rss").mkdir()
    (room / "city/2025/1119/2051902.html").write_text(story(), encoding="utf-8")
    items = f"<item><title>候鸟</title><link>{URL}</link></item>"
    feed = f'<rss version="2.0"><channel><title>湖畔</title><link>https://{HOST}/</link>{items}</channel></rss>'
    (room / "rss/all.xml").write_text(feed, encoding="utf-8")
    (own.folder / "room/newsroom.toml").write_text('fetched_at = 2025-11-19T08:00:00Z\nscheme = "https"\n')
    build(own.folder / "room", own.folder / "room.warc.gz")
    own.settings["NEWSCRAWL_REPLAY"] = str(own.folder / "room.warc.gz")
    done = own.scrapy("genspider", "-t", "news", "lakeside", URL)
    assert done.code == 0, done.err
    assert "lakeside" in own.scrapy("list").out.split()
    assert "lakeside" in [row["slug"] for row in json.loads(own.scrapy("sources", "--json").out)]
    (row,) = map(json.loads, own.scrapy("read", "page.html", "--url", URL, "--json").out.splitlines())
    assert (row["key"], row["source_name"]) == ("lakeside:2051902", "湖畔时报")
    crawled = own.scrapy("crawl", "lakeside")
    assert crawled.code == 0, crawled.err[-3000:]
    assert own.column("SELECT key FROM published") == ["lakeside:2051902"]


def test_a_package_of_ones_own_is_set_up_as_the_docs_say(own: Desk):
    """Its settings are the three lines of docs/sources.md."""
    text = (Path(__file__).resolve().parents[2] / "docs/sources.md").read_text(encoding="utf-8")
    lines = re.findall(r"`(from newscrawl\.settings import \*|SPIDER_MODULES = \S+ \S+|NEWSPIDER_MODULE = \S+)`", text)
    assert len(lines) == 3
    (own.folder / "mynews/settings.py").write_text("\n".join(lines))
    for name in ("SPIDER_MODULES", "NEWSPIDER_MODULE"):
        del own.settings[name]
    own.env["SCRAPY_SETTINGS_MODULE"] = "mynews.settings"
    assert own.scrapy("genspider", "lakeside", URL, "--page", "page.html").code == 0
    assert (own.folder / "mynews/sources/lakeside.py").is_file()
    assert {"chinanews", "lakeside"} <= set(own.scrapy("list").out.split())


def test_the_page_is_found_in_the_archive_too_and_a_redirect_there_names_the_address_to_give(own: Desk):
    room = own.folder / "room" / HOST / "city/2025/1119"
    room.mkdir(parents=True)
    (room / "2051902.html").write_text(story(), encoding="utf-8")
    moved = f'[pages."{HOST}/old/1.html"]\nstatus = 301\nlocation = "{URL}"\n'
    (own.folder / "room/newsroom.toml").write_text(f"fetched_at = 2025-11-19T08:00:00Z\n{moved}")
    build(own.folder / "room", own.archive / "pages.warc.gz")
    with nothing_written(own):
        done = own.scrapy("genspider", "lakeside", f"https://{HOST}/old/1.html")
    assert done.code == 1
    assert f"the status 301 and leads to {URL}: give that address" in done.err
    assert own.scrapy("genspider", "lakeside", URL).code == 0


def test_in_a_checkout_the_case_goes_where_the_tests_look(own: Desk):
    (own.folder / "tests/sources/cases").mkdir(parents=True)
    assert own.scrapy("genspider", "lakeside", URL, "--page", "page.html").code == 0
    assert (own.folder / "tests/sources/cases/lakeside-2025-11-19/case.json").is_file()
    elsewhere = URL.replace(HOST, "www.elsewhere-times.com")
    assert own.scrapy("genspider", "elsewhere", elsewhere, "--page", "page.html", "--cases", "mine").code == 0
    assert (own.folder / "mine/elsewhere-2025-11-19/page.html").is_file()


def test_a_page_in_gbk_is_kept_readable_and_served_as_it_was(own: Desk):
    (own.folder / "page.html").write_bytes(story(charset="gbk").encode("gb18030"))
    assert own.scrapy("genspider", "lakeside", URL, "--page", "page.html").code == 0
    folder = own.folder / "mynews/sources/cases/lakeside-2025-11-19"
    assert "候鸟" in (folder / "page.html").read_text(encoding="utf-8")
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    assert (case["encoding"], case["expected"]["authors"]) == ("gb18030", ["林晚舟"])


def test_a_number_that_may_be_a_pages_is_told(own: Desk):
    done = own.scrapy("genspider", "lakeside", URL.replace("902", "902_1"), "--page", "page.html")
    assert r"is the last number a page's? Then it is to be (?P<page>\d{1,3})" in done.out


def test_page_1_of_many_is_a_case_that_asks_for_page_2(own: Desk):
    bar = '<div class="pages"><a href="2051902_2.html">下一页</a></div>'
    (own.folder / "page.html").write_text(story(bar=bar), encoding="utf-8")
    done = own.scrapy("genspider", "lakeside", URL, "--page", "page.html")
    assert done.code == 0, done.err
    second = URL.replace(".html", "_2.html")
    assert f"page 2 is {second}" in done.out
    case = json.loads((own.folder / "mynews/sources/cases/lakeside-2025-11-19/case.json").read_text(encoding="utf-8"))
    assert (case["rejected"], case["next_url"]) == ("needs_more_pages", second)
    source = source_in((own.folder / "mynews/sources/lakeside.py").read_text(encoding="utf-8"))
    later = source.address(second)
    assert later is not None
    assert (later.key, later.page, later.url) == ("lakeside:2051902", 2, URL)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Lakeside", URL, "--page", "page.html"), "is no name of a source"),
        (("../lakeside", URL, "--page", "page.html"), "is no name of a source"),
        (("chinanews", URL, "--page", "page.html"), "is a spider already"),
        (("feed", URL, "--page", "page.html"), "is a spider already"),
        (("taken", URL, "--page", "page.html"), "exists already"),
        (
            ("lakeside", "https://www.chinanews.com.cn/sh/2025/11-19/1.shtml", "--page", "page.html"),
            "chinanews already",
        ),
        (("lakeside", "lakeside-times.com/1", "--page", "page.html"), "is no address of a page"),
        (("x" * 65, URL, "--page", "page.html"), "64 at most"),
        (("lakeside", f"https://desk:secret@{HOST}/1.html", "--page", "page.html"), "is given with a user"),
        (("lakeside", f"https://{'江' * 60}.example/1.html", "--page", "page.html"), "has no good host"),
        (("lakeside", "https://lake_side.example/1.html", "--page", "page.html"), "no source can have: lake_side"),
        (("lakeside", URL, "--page", "gone.html"), "gone.html: there is no such file"),
        (("lakeside", URL, "--page", "mynews"), "mynews: is a folder"),
        (("lakeside", URL, "--page", "broken.html.gz"), "broken.html.gz: cannot be read"),
        (("lakeside", URL, "--page", "broken.warc.gz"), "broken.warc.gz"),
        (("lakeside", URL, "--page", "empty.html"), "is no article (no_body"),
        (("lakeside", URL, "--page", "paper.pdf"), "is no article (not_html"),
        (("lakeside", URL), f"scrapy fetch {URL} > page.html"),
        (("lakeside", f"https://{HOST}/show.php?id=51902", "--page", "page.html"), "behind the question mark"),
        (("lakeside", URL, "--page", "page.html", "--cases", "page.html"), "cannot be written"),
    ],
    ids=lambda words: " ".join(words)[:60] if isinstance(words, tuple) else "",
)
def test_what_cannot_be_right_is_refused_in_words_and_nothing_is_written(own: Desk, words: tuple[str, ...], said: str):
    (own.folder / "mynews/sources/taken.py").touch()
    for name in ("broken.html.gz", "broken.warc.gz"):
        (own.folder / name).write_bytes(b"neither")
    (own.folder / "empty.html").write_text("<html><body><h1>空</h1></body></html>", encoding="utf-8")
    (own.folder / "paper.pdf").write_bytes(b"%PDF-1.7")
    with nothing_written(own):
        done = own.scrapy("genspider", "-t", "news", *words)
    assert done.code == 1
    assert said in done.err
    assert "Traceback" not in done.err
    assert "secret" not in done.err


def test_a_host_in_any_script_is_declared_as_it_is_asked(own: Desk):
    done = own.scrapy(
        "genspider", "x" * 64, "https://江边.example:8080/city/2025/1119/2051902.html", "--page", "page.html"
    )
    assert done.code == 0, done.err
    source = source_in((own.folder / f"mynews/sources/{'x' * 64}.py").read_text(encoding="utf-8"))
    assert (source.hosts, source.home) == (("xn--9sw276e.example",), "https://xn--9sw276e.example:8080/")


def test_a_case_that_is_there_is_not_written_over(own: Desk):
    place = own.folder / "mynews/sources/cases/lakeside-2025-11-19"
    place.mkdir(parents=True)
    (place / "case.json").write_text("mine")
    with nothing_written(own):
        done = own.scrapy("genspider", "lakeside", URL, "--page", "page.html")
    assert (done.code, "is there already" in done.err) == (1, True)
    assert (place / "case.json").read_text() == "mine"


def test_other_templates_are_refused_and_ours_is_named(own: Desk):
    done = own.scrapy("genspider", "-t", "basic", "lakeside", URL)
    assert (done.code, "-t news" in done.out + done.err) == (2, True)
    assert own.scrapy("genspider", "--list").out.split()[-1] == "news"
    assert own.scrapy("genspider", "--dump", "news").out.strip() == TEMPLATE.read_text(encoding="utf-8").strip()
    assert own.scrapy("genspider", "lakeside").code == 2


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"SPIDER_MODULES": "newscrawl.sources"}, "is none of SPIDER_MODULES"),
        (
            {"NEWSPIDER_MODULE": "lib.site-packages.theirs", "SPIDER_MODULES": "lib.site-packages.theirs"},
            "installed package",
        ),
    ],
    ids=["nobody would find it", "installed"],
)
def test_a_source_is_written_only_where_it_is_found_and_stays(own: Desk, settings: dict[str, str], said: str):
    theirs = own.folder / "lib/site-packages/theirs"
    theirs.mkdir(parents=True)
    (theirs / "__init__.py").touch()
    own.settings |= settings
    with nothing_written(own):
        done = own.scrapy("genspider", "lakeside", URL, "--page", "page.html")
    assert (done.code, said in done.err) == (1, True), done.err


# -- the guesses -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/gn/2025/11-19/10518665.shtml", "10518665"),
        ("/n1/2025/1119/c1001-40223222.html", "40223222"),
        ("/gj/202511/t20251119_15263156.htm", "15263156"),
        ("/politics/20251119/3dd6e33cc6d749fbaae01fea337ff400/c.html", "3dd6e33cc6d749fbaae01fea337ff400"),
        ("/world/2025-11/19/c_1210220461.htm", "1210220461"),
        ("/w/2025-11-19/doc-iicezuev4202091.shtml", "iicezuev4202091"),
        ("/desk/2025_11_19_516891.shtml", "516891"),
        ("/article/4CLCxDGM9mh", "4CLCxDGM9mh"),
        ("/newsDetail_forward_27324567", "27324567"),
        ("/wire/b4f1c2d3-0a1b-4c5d-8e9f-001122334455/", "b4f1c2d3-0a1b-4c5d-8e9f-001122334455"),
        ("/world/birds-come-early-to-the-lake-50473792", "50473792"),
        ("/471033-birds-come-early-to-the-lake", "471033"),
        ("/119166/birds-come-early-to-the-lake/", "119166"),
        ("/2025/11/19/birds-come-early/", "2025-11-19-birds-come-early"),
        ("/2025/11/birds-come-early.html", "2025-11-birds-come-early"),
        ("/news/birds-come-early-2025-11-19/", "2025-11-19-birds-come-early"),
        ("/2025/11/19/12.html", "2025-11-19-12"),
        ("/board/3834/1", "3834-1"),
        ("/html/2025-11/19/nw.D110000lake_20251119_3-17.htm", "2025-11-19-nw.D110000lake_20251119_3-17"),
        ("/%E6%B9%96%E7%95%94/%E5%80%99%E9%B8%9F%E6%9D%A5%E4%BA%86", "候鸟来了"),
        ('/a/"quoted"-and-(odd)-birds-1051866.html', "1051866"),
    ],
)
def test_an_address_is_made_general_and_keeps_what_names_the_article(path: str, key: str):
    url = f"https://{HOST}{path}"
    source = loaded(drafted(story(), url))
    address = source.address(url)
    assert address is not None
    assert address.key == f"lakeside:{key}"
    assert not any(source.address(f"https://{HOST}{other}") for other in ("/", "/about/", "/city/", "/city/index.html"))


def test_pages_that_are_numbered_from_the_first_on_are_one_article():
    first, second = (URL.replace(".html", f"_{page}.html") for page in (1, 2))
    draft = drafted(story(bar=f'<a href="{second}">下一页</a>'), first)
    known = [loaded(draft).address(url) for url in (first, second)]
    assert [one and (one.key, one.page, one.url) for one in known] == [
        ("lakeside:2051902", 1, first),
        ("lakeside:2051902", 2, first),
    ]
    assert not draft.guess.paged
    titled = drafted(story(bar='<a href="lake-birds-2">2</a>'), f"https://{HOST}/city/lake-birds-1")
    assert loaded(titled).address(f"https://{HOST}/city/about-us") is None
    assert drafted(story(), first).guess.paged


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/node_179d29f1ce/86987bf032.shtml", "/about/copyright.shtml"),
        ("/c/7kQcQG2peWU", "/c/Subscription"),
        ("/dy/J22CN60P0514R9KQ.html", "/dy/PRIVACYSTATEMENTS.html"),
        ("/wire/3dd6e33cc6d749fbaae01fea337ff400", "/wire/abcdefabcdefabcdefabcdefabcdefab"),
    ],
)
def test_a_word_is_no_mixed_id(path: str, word: str):
    source = loaded(drafted(story(), f"https://{HOST}{path}"))
    assert source.address(f"https://{HOST}{path}") is not None
    front = path.rpartition("/")[0]
    assert source.address(f"https://{HOST}{front}/{word.rpartition('/')[2]}") is None


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/gn/2025/11-19/10518665.shtml", "/gn/2026/01-02/10600001.shtml"),
        ("/gj/202511/t20251119_15263156.htm", "/gj/202601/t20260102_15270001.htm"),
        ("/n1/2025/1119/c1001-40223222.html", "/n1/2026/0102/c1002-40300001.html"),
        ("/wire/b4f1c2d3-0a1b-4c5d-8e9f-001122334455/", "/wire/00000000-0a1b-4c5d-8e9f-001122334455"),
        ("/2025/11/19/birds-come-early/", "/2026/01/02/the-lake-is-frozen-over/"),
        ("/119166/birds-come-early-to-the-lake/", "/119201/the-lake-is-frozen-over/"),
        ("/world/birds-come-early-to-the-lake-50473792", "/world/frozen-over-at-last-50500001"),
    ],
)
def test_tomorrows_article_is_known_too(path: str, other: str):
    source = loaded(drafted(story(), f"https://{HOST}{path}"))
    first, second = source.address(f"https://{HOST}{path}"), source.address(f"https://{HOST}{other}")
    assert first is not None
    assert second is not None
    assert first.key != second.key


def test_a_word_of_the_path_is_made_general_where_the_page_links_articles_with_another():
    """Videos stay out, though their addresses are of the same form."""
    source = loaded(drafted(story()))
    assert source.address(f"https://{HOST}/money/2026/0102/2060001.html") is not None
    assert source.address(f"https://{HOST}/video/2025/1118/2051899.html") is None
    alone = loaded(drafted(story(foot="")))
    assert alone.address(URL) is not None
    assert alone.address(f"https://{HOST}/money/2026/0102/2060001.html") is None


@pytest.mark.parametrize(
    ("head", "foot", "kind", "url", "basis"),
    [
        (FEED, TRAIL, Feed, "/rss/all.xml", "linked: article of 2025-11-19"),
        (FEED.replace("all", "comments"), TRAIL, Channel, "/city/index.html", "linked: article of 2025-11-19"),
        ("", '<a href="/">首页</a>', Channel, "/", "linked: article of 2025-11-19"),
        ("", "", Channel, "/", None),
    ],
    ids=["its feed", "its section", "its home page", "a guess"],
)
def test_where_links_come_from(head: str, foot: str, kind: type, url: str, basis: str | None):
    (where,) = loaded(drafted(story(head=head, foot=foot))).listings
    assert (type(where), where.url) == (kind, f"https://{HOST}{url}")
    assert (where.basis and str(where.basis)) == basis


@pytest.mark.parametrize(
    ("address", "stamp", "zone"),
    [
        ("https://lakeside-times.com/birds-come-early-1051866", "2025-11-19T09:30:00-05:00", "America/New_York"),
        ("https://lakeside-times.com/birds-come-early-1051866", "2025-11-19T14:30:00Z", "UTC"),
        ("https://www.lakeside-times.co.nz/birds-come-early-1051866", "2025-11-19T09:30:00+13:00", "Pacific/Auckland"),
    ],
)
def test_the_zone_is_one_in_which_the_page_is_read_as_without_a_source(address: str, stamp: str, zone: str):
    said = f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{stamp}"}}</script>'
    words = (
        "<p>The first birds of this winter have come to the lake nine days earlier than they did a year ago.</p>" * 4
    )
    page = (
        f'<html lang="en"><head><title>Birds come early</title>{said}</head><body><h1>Birds come early</h1>'
        f"<article>{words}</article></body></html>"
    )
    draft = drafted(page, address)
    assert (draft.source.language, draft.source.zone) == ("en", zone)
    article = loaded(draft).read(FetchedPage(url=address, body=page.encode()))
    assert article.published is not None
    assert article.published.at == datetime.fromisoformat(stamp)


def test_a_site_that_names_itself_nowhere_else_is_called_as_its_title_ends_and_its_home_page_is_linked():
    page = story(head="", foot='<a href="/">首页</a><a href="/index.html">湖畔时报</a>')
    draft = drafted(page)
    assert (draft.source.name, draft.named_by) == ("湖畔时报", "the page's title and its link home")


def test_a_site_without_a_name_has_its_hosts_and_an_undated_page_the_day_it_was_looked_at():
    page = story(head="").replace("2025-11-19 09:30", "").replace("_湖畔时报", "")
    draft = drafted(page, f"https://{HOST}/city/2051902.html")
    assert (draft.source.name, draft.named_by) == ("lakeside-times.com", "the host")
    assert str(draft.source.pages[0]) == "seen: page saved by 2026-01-02"


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=90)


@given(name=WORDS, path=st.from_regex(r"(/[\w.\"'()%{}$\\+-]{1,12}){1,4}/?", fullmatch=True))
def test_whatever_a_page_says_the_file_says_the_same_as_the_draft(name: str, path: str):
    """No name and no address breaks out of its string; the address is its source's article."""
    head = f'<meta property="og:site_name" content="{name.replace(chr(34), "&quot;").replace("<", "&lt;")}">'
    url = f"https://{HOST}{path}"
    try:
        draft = drafted(story(head=head), url)
    except BadOption:
        return
    source = loaded(draft)
    assert source == draft.source
    assert source.address(url) is not None


def test_a_name_is_proposed():
    assert slug_for("https://news.lake-side.com.cn/a/1.html") == "lake_side"
    assert slug_for("https://127.0.0.1/a") == "127"
    assert slug_for("https://湖畔.中国/") == "mysource"
