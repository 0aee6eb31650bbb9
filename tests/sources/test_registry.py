"""Sources are found by walking a folder; addresses are known however they are spelt."""

import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.errors import BadOption, NotAnArticle, Reason
from newscrawl.items import FetchedPage
from newscrawl.sources import Registry, for_url, read_page, registry
from newscrawl.sources.base import Source

CHINANEWS = registry().get("chinanews")
SOURCE = """
from newscrawl.sources.base import Source
SOURCE = Source(slug={slug!r}, name="例子", home="https://{host}/", hosts=({host!r},))
"""
_numbers = count()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, str]], str]]:
    """Writes a package of source modules and gives its name."""
    monkeypatch.syspath_prepend(str(tmp_path))
    made: list[str] = []

    def make(modules: dict[str, str]) -> str:
        name = f"made_sources_{next(_numbers)}"
        made.append(name)
        (tmp_path / name).mkdir()
        for module, text in {"__init__": "", **modules}.items():
            (tmp_path / name / f"{module}.py").write_text(text, encoding="utf-8")
        return name

    yield make
    for name in [name for name in sys.modules if name.partition(".")[0] in made]:
        del sys.modules[name]


def test_a_file_with_a_source_is_a_source_and_others_are_not(package: Callable[[dict[str, str]], str]) -> None:
    name = package({"one": SOURCE.format(slug="one", host="one.cn"), "tools": "X = 1"})
    found = Registry.walk([name])
    assert [source.slug for source in found] == ["one"]
    assert "one" in found
    assert len(found) == 1
    assert found.for_url("https://www.one.cn/x") is found.get("one")
    assert found.for_url("https://notone.cn/x") is None


def test_several_folders_are_walked(package: Callable[[dict[str, str]], str]) -> None:
    name = package({"one": SOURCE.format(slug="one", host="one.cn")})
    found = Registry.walk(["newscrawl.sources", name])
    assert {"chinanews", "one"} <= {source.slug for source in found}


def test_a_broken_module_names_itself(package: Callable[[dict[str, str]], str]) -> None:
    name = package({"broken": "1 / 0"})
    with pytest.raises(ZeroDivisionError) as error:
        Registry.walk([name])
    assert error.value.__notes__ == [f"while loading the source {name}.broken"]


def test_a_slug_that_is_not_the_files_name_is_refused(package: Callable[[dict[str, str]], str]) -> None:
    with pytest.raises(ValueError, match=r"\.one: its SOURCE says slug='two', it should be slug='one'"):
        Registry.walk([package({"one": SOURCE.format(slug="two", host="one.cn")})])


def test_a_source_that_is_none_is_refused(package: Callable[[dict[str, str]], str]) -> None:
    with pytest.raises(TypeError, match=r"\.one: SOURCE should be a Source, it is a str"):
        Registry.walk([package({"one": "SOURCE = 'one.cn'"})])


def test_a_slip_in_one_file_among_several_names_the_file(package: Callable[[dict[str, str]], str]) -> None:
    slip = SOURCE.replace("hosts=({host!r},)", "hosts=({host!r})").format(slug="two", host="two.cn")
    name = package({"one": SOURCE.format(slug="one", host="one.cn"), "two": slip})
    with pytest.raises(ValueError, match=r"Source\.hosts is 'two\.cn'") as error:
        Registry.walk([name])
    assert error.value.__notes__ == [f"while loading the source {name}.two"]


def test_a_host_belongs_to_one_source(package: Callable[[dict[str, str]], str]) -> None:
    both = {slug: SOURCE.format(slug=slug, host="same.cn") for slug in ("one", "two")}
    with pytest.raises(ValueError, match=r"same\.cn is claimed by one and two"):
        Registry.walk([package(both)])


def test_an_unknown_slug_is_answered_with_those_there_are() -> None:
    with pytest.raises(BadOption, match="chinanews"):
        registry().get("nosuch")


# -- addresses of chinanews ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "url",
    [
        "https://www.chinanews.com.cn/sh/2025/11-19/10518665.shtml",
        "http://www.chinanews.com/sh/2025/11-19/10518665.shtml",
        "https://chinanews.com.cn/sh/2025/11-19/10518665.shtml?f=qbapp&from=timeline#top",
        "https://WWW.CHINANEWS.COM.CN//sh//2025/11-19/10518665.shtml",
        "http://www.chinanews.com:80/cj/2025/11-19/10518665.shtml",
        "http://m.chinanews.com/wap/detail/chs/zw/10518665.shtml",
        "https://m.chinanews.com/wap/detail/cht/zw/10518665.shtml",
        "https://m.chinanews.com.cn/wap/detail/zw/sh/2025/11-19/10518665.shtml",
        "https://www.chinanews.com.cn/sh/2025/11-19/10518665_3.shtml",
    ],
)
def test_one_article_has_one_key_however_it_is_spelt(url: str) -> None:
    address = CHINANEWS.address(url)
    assert address is not None
    assert address.key == "chinanews:10518665"
    assert address.page == (3 if "_3" in url else 1)
    assert for_url(url) is CHINANEWS


@pytest.mark.parametrize(
    ("url", "key", "canonical"),
    [
        (
            "http://www.chinanews.com/gn/news/2009/09-27/1891740.shtml",
            "chinanews:1891740",
            "https://www.chinanews.com.cn/gn/news/2009/09-27/1891740.shtml",
        ),
        (
            "http://www.chinanews.com/gn/news/2008/05-12/1247382.shtml",
            "chinanews:2008-05-12-1247382",
            "https://www.chinanews.com.cn/gn/news/2008/05-12/1247382.shtml",
        ),
        (
            "http://www.chinanews.com/2000-3-4/26/20938.html",
            "chinanews:2000-03-04-20938",
            "https://www.chinanews.com.cn/2000-3-4/26/20938.html",
        ),
        (
            "http://www.sx.chinanews.com/news/2025/1119/234163.html",
            "chinanews:sx-234163",
            "https://www.sx.chinanews.com.cn/news/2025/1119/234163.html",
        ),
        (
            "//www.chinanews.com.cn/sh/2025/11-19/10518665_2.shtml",
            "chinanews:10518665",
            "https://www.chinanews.com.cn/sh/2025/11-19/10518665.shtml",
        ),
    ],
)
def test_old_and_regional_addresses_have_keys_of_their_own(url: str, key: str, canonical: str) -> None:
    address = CHINANEWS.address(url if url.startswith("http") else f"https:{url}")
    assert address is not None
    assert (address.key, address.url) == (key, canonical)


def test_a_canonical_address_means_the_same_article() -> None:
    for url in (
        "http://www.chinanews.com/cj/2020/07-04/9229287_2.shtml",
        "http://www.chinanews.com/2000-3-4/26/20938.html",
    ):
        address = CHINANEWS.address(url)
        assert address is not None
        again = CHINANEWS.address(address.url)
        assert again is not None
        assert (again.key, again.url, again.page) == (address.key, address.url, 1)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://www.chinanews.com.cn/shipin/cns-d/2025/08-09/news1031245.shtml", Reason.VIDEO),
        ("https://www.chinanews.com.cn/gn/shipin/2025/08-09/news1031245.shtml", Reason.VIDEO),
        ("https://www.chinanews.com.cn/shipin/2025/08-09/1031245.shtml", Reason.VIDEO),
        ("https://www.chinanews.com.cn/tp/hd2011/2025/08-09/1031.shtml", Reason.PHOTOS),
    ],
)
def test_video_and_photo_pages_are_no_articles_and_say_so(url: str, reason: Reason) -> None:
    assert CHINANEWS.address(url) is None
    assert CHINANEWS.not_article(url) is reason
    with pytest.raises(NotAnArticle) as refused:
        read_page(FetchedPage(url=url, body=b"<html><body><p>x</p></body></html>"))
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    "url",
    [
        "https://www.chinanews.com.cn/",
        "https://www.chinanews.com.cn/scroll-news/news1.html",
        "https://www.chinanews.com.cn/scroll-news/2025/1119/news.shtml",
        "https://www.chinanews.com.cn/society/",
        "https://www.chinanews.com.evil.net/sh/2025/11-19/10518665.shtml",
        "https://notchinanews.com.cn/sh/2025/11-19/10518665.shtml",
        "ftp://www.chinanews.com.cn/sh/2025/11-19/10518665.shtml",
        "javascript:void(0)",
        "http://[",
    ],
)
def test_other_addresses_are_no_articles(url: str) -> None:
    assert CHINANEWS.address(url) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_address_reader(text: str) -> None:
    for url in (text, f"https://www.chinanews.com.cn/{text}", f"https://{text}.chinanews.com/news/2025/1119/1.html"):
        CHINANEWS.address(url)
        CHINANEWS.not_article(url)
        for_url(url)


# -- where a redirect led -----------------------------------------------------------------------------------------
ASKED = "http://www.chinanews.com/sh/2025/11-19/10518665.shtml"
STORY = "<p>　　中新网南山11月19日电 (王小明)" + "江边的老榕树下，一盘棋下了二十年。" * 6 + "</p>"
HEAD = "<html><head><title>江边的榕树 -中新网</title></head>"
HTML = f'{HEAD}<body><div class="left_zw">{STORY}</div></body></html>'.encode()


@pytest.mark.parametrize(
    ("reached", "reason"),
    [
        ("https://www.chinanews.com.cn/", Reason.MOVED_HOME),
        ("https://www.chinanews.com.cn/society/", Reason.MOVED_HOME),
        ("https://www.chinanews.com.cn/sh/2025/11-19/10518666.shtml", Reason.MOVED_AWAY),
        ("https://www.example.org/sh/10518665.html", Reason.MOVED_AWAY),
        ("https://www.chinanews.com.cn/common/404.shtml", Reason.NOT_FOUND_PAGE),
        ("https://www.chinanews.com.cn/shipin/2025/11-19/news1.shtml", Reason.VIDEO),
    ],
)
def test_a_redirect_elsewhere_is_a_reason(reached: str, reason: Reason) -> None:
    page = FetchedPage(url=reached, asked=ASKED, body=HTML)
    with pytest.raises(NotAnArticle) as refused:
        CHINANEWS.read(page)
    assert refused.value.reason is reason
    assert ASKED in refused.value.detail


def test_a_redirect_to_another_spelling_is_the_same_article() -> None:
    page = FetchedPage(url="https://www.chinanews.com.cn/sh/2025/11-19/10518665.shtml", asked=ASKED, body=HTML)
    article = CHINANEWS.read(page)
    assert article.key == "chinanews:10518665"
    assert article.source == "chinanews"
    assert CHINANEWS.next_page(page) is None


@pytest.mark.parametrize(
    ("spans", "authors"),
    [
        ('<span id="author_baidu">作者：陆一鸣</span><span id="editor_baidu">责任编辑：陆一鸣</span>', ()),
        ('<span id="author_baidu">作者：陆一鸣</span>', ()),
        ('<span id="author_baidu">作者：陆一鸣</span><span id="editor_baidu">责任编辑：何静</span>', ("陆一鸣",)),
    ],
)
def test_the_hidden_author_is_believed_only_beside_another_editor(spans: str, authors: tuple[str, ...]) -> None:
    html = HTML.replace("(王小明)".encode(), b"").replace(b"<body>", f"<body><div>{spans}</div>".encode())
    assert CHINANEWS.read(FetchedPage(url=ASKED, body=html)).authors == authors


def test_the_cms_comment_of_the_article_dates_a_page_that_shows_no_date() -> None:
    comments = (
        "<!--[4,322,105] published at 2018-01-11 16:38:48 from #10 by system-->"
        "<!--[4,8,10518665] published at 2025-11-19 10:02:05 from #10 by 陆一鸣-->"
    )
    bare = CHINANEWS.read(FetchedPage(url=ASKED, body=HTML.replace(b"<body>", f"<body>{comments}".encode())))
    assert bare.published is not None
    assert bare.published.local == "2025-11-19T10:02:05+08:00"
    shown = HTML.replace(b"<body>", f'<body>{comments}<div class="left-t">2025年11月19日 09:58</div>'.encode())
    dated = CHINANEWS.read(FetchedPage(url=ASKED, body=shown)).published
    assert dated is not None
    assert dated.local == "2025-11-19T09:58+08:00"


# -- which rules read a page --------------------------------------------------------------------------------------
def test_a_saved_page_without_an_address_is_known_by_its_canonical_link() -> None:
    named = HTML.replace(b"</head>", f'<link rel="canonical" href="{ASKED}"></head>'.encode())
    assert read_page(FetchedPage(url="", body=named)).key == "chinanews:10518665"
    named = HTML.replace(b"</head>", f'<meta property="og:url" content="{ASKED}"></head>'.encode())
    assert read_page(FetchedPage(url="", body=named)).key == "chinanews:10518665"


def test_the_generic_reader_keys_by_host_and_path() -> None:
    url = "https://www.example.org/2025-11-19//b.html?utm_source=x&id=5#c"
    article = read_page(FetchedPage(url=url, body=HTML))
    assert (article.source, article.key) == ("example.org", "example.org:example.org/2025-11-19/b.html?id=5")
    generic = read_page(FetchedPage(url=ASKED, body=HTML), generic=True)
    assert (generic.source, generic.key) == (
        "chinanews.com",
        "chinanews.com:chinanews.com/sh/2025/11-19/10518665.shtml",
    )
    assert generic.answered_by["body"] == "generic"
    assert generic.body_text == article.body_text


def test_a_page_from_nowhere_is_told_apart_by_its_bytes() -> None:
    first = read_page(FetchedPage(url="", body=HTML))
    second = read_page(FetchedPage(url="", body=HTML + b" "))
    assert first.source == "unknown"
    assert first.key != second.key


def test_a_registry_of_ones_own_serves() -> None:
    mine = Registry([Source(slug="mine", name="我的", home="https://mine.cn/", hosts=("mine.cn",))])
    assert read_page(FetchedPage(url=ASKED, body=HTML), registry=mine).source == "chinanews.com"
