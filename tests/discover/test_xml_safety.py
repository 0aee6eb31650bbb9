"""XML as weapons have it: entities are refused, nothing is opened or fetched, and no feed or sitemap takes long."""

from __future__ import annotations

import builtins
import socket
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discover import feed, sitemap
from newscrawl.discover.prolog import from_root
from newscrawl.discover.tamed import MOST_ATTRIBUTES, MOST_BYTES, MOST_PREFIXES, MOST_REFERENCES, MOST_TAGS
from newscrawl.errors import BrokenListing
from newscrawl.items import FetchedPage

Find = Callable[[FetchedPage], Any]
BOTH = pytest.mark.parametrize("find", [feed.find, sitemap.find], ids=["feed", "sitemap"])
FEED = '<rss version="2.0"><channel><title>x</title><item><title>河{0}</title><link>/a</link></item></channel></rss>'
SITEMAP = "<urlset><url><loc>/a{0}</loc></url></urlset>"
DOCUMENTS = pytest.mark.parametrize(
    ("find", "document"),
    [(feed.find, FEED), (sitemap.find, SITEMAP), (sitemap.find, FEED)],
    ids=["feed", "sitemap", "feed as sitemap"],
)
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'haha'>" + "".join(
    f"<!ENTITY {two} '{f'&{one};' * 10}'>" for one, two in zip("abcdefghi", "bcdefghij", strict=True)
)


def page(body: str | bytes, content_type: str | None = "application/xml") -> FetchedPage:
    raw = body if isinstance(body, bytes) else body.encode()
    return FetchedPage(url="https://news.example/x.xml", body=raw, content_type=content_type)


# -- entities --------------------------------------------------------------------------------------------------------
WEAPONS = {
    "laughs": LAUGHS + "]>",
    "quadratic": f"<!DOCTYPE x [<!ENTITY a '{'a' * 50_000}'>]>",
    "file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "network": '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]>',
    "public": '<!DOCTYPE x [<!ENTITY a PUBLIC "-//x" "http://127.0.0.1:9/a">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd">%p;]>',
    "parameter alone": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/p.dtd" [%p;]>',
    "an external subset too": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a "b">]>',
    "after comments": "<!-- a --><?pi <!DOCTYPE y> ?>\n<!-- <rss> --><!DOCTYPE x [<!ENTITY a 'b'>]>",
    "after a second one": "<!DOCTYPE x><!DOCTYPE x [<!ENTITY a 'b'>]>",
    "after quotes": "<!DOCTYPE x PUBLIC ']>' \"[\" [<!ATTLIST x y CDATA ']>'><!-- ]> ' --><?p ]> ?><!ENTITY a 'b'>]>",
    "after junk": "Warning: <1 no such key\n<!DOCTYPE x [<!ENTITY a 'b'>]>",
    "without a doctype": "<!ENTITY a 'b'>",
    "cut off": "<!DOCTYPE x [<!ENTITY a 'b",
    "in small letters": "<!doctype x [<!entity a 'b'>]>",
}


@DOCUMENTS
@pytest.mark.parametrize("weapon", WEAPONS)
def test_entity_declarations_are_refused_in_words(find: Find, document: str, weapon: str) -> None:
    with pytest.raises(BrokenListing, match="refused, since its document type declares entities"):
        find(page(WEAPONS[weapon] + document.format("&a;")))


@DOCUMENTS
@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16", "utf-16-be"),
        (None, "utf-16-le"),
        ("utf-32", "utf-32"),
        ("gb2312", "gb18030"),
        ("utf-8", "gb18030"),
        ("iso-8859-1", "utf-8"),
        ("no-such-encoding", "utf-8"),
        ("cp037", "utf-8"),
    ],
)
def test_they_are_refused_in_every_encoding(find: Find, document: str, declared: str | None, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    for blanks in ("", "\n  "):
        body = (blanks + head + LAUGHS + "]>" + document.format("&j;")).encode(encoding)
        for kind in ("text/xml; charset=utf-7", "text/html; charset=utf-16", None):
            with pytest.raises(BrokenListing, match="declares entities"):
                find(page(body, kind))


@DOCUMENTS
def test_nul_bytes_between_the_letters_hide_nothing(find: Find, document: str) -> None:
    body = (" " * 999 + LAUGHS + "]>" + document).encode().replace(b"ENTITY", b"EN\0TITY")
    with pytest.raises(BrokenListing, match="declares entities"):
        find(page(body))


@pytest.mark.parametrize("charset", ["utf-7", "hz-gb-2312", "iso-2022-kr", "cp037"])
@BOTH
def test_an_encoding_that_spells_markup_without_angle_brackets_is_not_believed(find: Find, charset: str) -> None:
    body = f'<?xml version="1.0" encoding="{charset}"?>' + (LAUGHS + "]>" + FEED).replace("<", "+ADw-")
    with pytest.raises(BrokenListing):
        find(page(body, f"application/xml; charset={charset}"))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE rss>",
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">',
        '<!doctype html SYSTEM "about:legacy-compat">',
        "<!DOCTYPE rss [<!ELEMENT rss ANY><!ATTLIST rss version CDATA '100% >'><!-- <!ENTITY a 'b'> -->]>",
        "<!-- <!DOCTYPE x [<!ENTITY a 'b'>]> -->",
        "<?pi <!ENTITY a 'b'> ?>",
    ],
)
@DOCUMENTS
def test_a_document_type_without_entities_is_harmless(find: Find, document: str, doctype: str) -> None:
    found = find(page('<?xml version="1.0"?>' + doctype + document.format("")))
    entries = found.entries if isinstance(found, sitemap.Map) else found
    assert [one.url for one in entries] == ["https://news.example/a"]


def test_a_story_about_entities_is_no_weapon() -> None:
    words = "<![CDATA[How <!DOCTYPE x [<!ENTITY a 'b'>]> is read]]>"
    assert feed.find(page(FEED.format(words)))[0].headline == "河How <!DOCTYPE x [<!ENTITY a 'b'>]> is read"
    assert feed.find(page(FEED.format("&lt;!ENTITY a&gt;")))


@pytest.mark.parametrize("document", [FEED, SITEMAP])
def test_a_document_type_in_the_wrong_place_declares_nothing(document: str) -> None:
    root, rest = document.split(">", 1)
    body = f"{root}>{LAUGHS}]>{rest.format('&j;')}"
    try:
        found = sitemap.find(page(body))
    except BrokenListing:
        return
    assert "haha" not in str(found.entries)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A port on the loopback. Who connects is taken by the kernel, and waits there; he gives up after a second."""
    before = socket.getdefaulttimeout()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        socket.setdefaulttimeout(1)
        try:
            yield server
        finally:
            socket.setdefaulttimeout(before)


@DOCUMENTS
def test_nothing_is_fetched_and_no_file_opened(
    find: Find,
    document: str,
    listener: socket.socket,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port = listener.getsockname()[1]
    secret = tmp_path / "secret.dtd"
    secret.write_text("<!ENTITY a 'opened'>")
    find(page(document.format("")))  # what is loaded when it is first needed

    def refuse(name: Any, *args: Any, **kwargs: Any) -> Any:
        raise AssertionError(f"{name} was opened")

    monkeypatch.setattr(builtins, "open", refuse)
    told = []
    for place in (f"http://127.0.0.1:{port}/x", secret.as_uri(), str(secret)):
        for doctype in (
            f'<!DOCTYPE x SYSTEM "{place}">',
            f'<!DOCTYPE x PUBLIC "-//x//DTD x//EN" "{place}">',
            f'<!DOCTYPE x [<!ENTITY a SYSTEM "{place}">]>',
            f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{place}">%p;]>',
            f'<?xml-stylesheet href="{place}"?><?xml-model href="{place}"?>',
        ):
            xinclude = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{place}" parse="text"/>'
            for body in (doctype + document.format("&a;"), doctype + document.format(xinclude)):
                try:
                    told.append(find(page(body)))
                except BrokenListing as problem:
                    told.append(problem)
    monkeypatch.undo()
    with pytest.raises(BlockingIOError):  # nobody came
        listener.accept()
    assert "opened" not in repr(told)


PROLOGS = [
    "<?xml version='1.0'?>",
    "<!-- x -->",
    "<!--",
    "-->",
    "<?p ",
    "?>",
    "<!DOCTYPE a ",
    "SYSTEM 'x'",
    "[",
    "]",
    ">",
    "<!ENTITY b 'c'>",
    '<!ENTITY % b "c">',
    "<!ELEMENT a ANY>",
    "<!ATTLIST a b CDATA '>'>",
    "%b;",
    "'",
    '"',
    "<a>",
    "<b/>",
    "</a>",
    "&b;",
    " ",
    "x",
    "<![CDATA[",
    "]]>",
    "\x00",
    "<",
    "<é>",
    "<_x>",
    "<1>",
]


@given(st.lists(st.sampled_from(PROLOGS), max_size=14).map("".join))
def test_a_parser_after_this_one_never_meets_a_document_type(text: str) -> None:
    """And where expat would have met an entity declaration, the document was refused."""
    met = []

    def parse(body: bytes) -> None:
        parser = expat.ParserCreate()
        parser.EntityDeclHandler = lambda *told: met.append(told)
        parser.StartDoctypeDeclHandler = lambda name, *told: met.append(name) if whole else None
        with suppress(expat.ExpatError):
            parser.Parse(body, True)

    whole = False
    parse(text.encode())
    try:
        left = from_root(page(text, None))
    except BrokenListing:
        return
    assert not met
    whole = True
    parse(left)
    assert not met
    assert not left or left[:1] == b"<"


# -- size ------------------------------------------------------------------------------------------------------------
HEAVY_LENGTH = 100_000
"""Characters. At ten times as many some of these took minutes, unbounded."""
RSS = '<rss version="2.0"><channel><title>x</title><item><link>/a</link>'


def times(piece: str, length: int = HEAVY_LENGTH) -> str:
    """The piece as often as fits."""
    return piece * (length // len(piece))


def each(piece: str, count: int = HEAVY_LENGTH // 20) -> str:
    """The piece so often, each with its number in it."""
    return "".join(piece.replace("#", str(number)) for number in range(count))


ATTRIBUTE = "a#='' "
NAMESPACE = '<p#:a xmlns:p#="u:#"/>'
HEAVY = {
    "brackets": times("<"),
    "brackets in a title": f"{RSS}<title>{times('<')}</title>",
    "elements in elements": f"{RSS}{times('<a>')}",
    "elements in elements, no more than allowed": f"{RSS}{'<a>' * (MOST_TAGS - 9)}",
    "closing tags": f"{RSS}{times('</a>')}",
    "sections never closed": f"{RSS}<title>{times('<![CDATA[')}",
    "comments never closed": f"{RSS}<title>{times('<!--')}",
    "ampersands": f"{RSS}<title>{times('&')}</title>",
    "attributes": f"{RSS}<a {each(ATTRIBUTE)}/>",
    "attributes of many tags": RSS + times(f"<a {each(ATTRIBUTE, 999)}/>"),
    "a long attribute": f'{RSS}<a b="{times("x")}"/>',
    "a long text": f"{RSS}<title>{times('x ')}</title>",
    "a long name": f"{RSS}<author>{times('a')}</author>",
    "a long name by another prefix": f"{RSS}<q:creator xmlns:q='http://purl.org/dc/elements/1.1/'>{times('a.')}</q:creator>",
    "a long name by its feedparser name": f"{RSS}<dc_creator>{times('a')}</dc_creator>",
    "categories": RSS + each("<category>#</category>", MOST_TAGS // 2 - 9),
    "keywords": f"{RSS}<media:keywords xmlns:media='http://search.yahoo.com/mrss/'>{times('a,')}</media:keywords>",
    "namespaces": RSS + each(NAMESPACE),
    "a long date": f"{RSS}<pubDate>{times('1, ')}</pubDate>",
    "a long address": f"{RSS}<link>http://{times('a.')}</link>",
    "points": f"{RSS}<g:polygon xmlns:g='http://www.georss.org/georss'>{times('1 2 ')}</g:polygon>",
    "a document type without an end": f"<!DOCTYPE a [{times('<!-- -->')}",
    "quotes without an end": "<!DOCTYPE a [" + times("\"'"),
    "entries of a sitemap": f"<urlset>{times('<url><loc>/a</loc></url>')}",
    "sitemaps in sitemaps": f"<urlset>{times('<url>')}",
    "an address of a sitemap": f"<urlset><url><loc>{times('a/../')}</loc></url></urlset>",
    "references of a sitemap": f"<urlset><url><loc>{times('&amp;')}</loc><lastmod>{times('&#49;')}</lastmod></url>",
    "attributes of a sitemap": f"<urlset {each(ATTRIBUTE)}>",
    "namespaces of a sitemap": f"<urlset>{each(NAMESPACE)}",
    "lines": times("https://n.example/\n"),
}


@pytest.mark.parametrize("case", HEAVY)
def test_what_is_heavy_is_read_or_refused_in_words(case: str) -> None:
    find = sitemap.find if "sitemap" in case or case == "lines" else feed.find
    with suppress(BrokenListing):
        find(page(HEAVY[case]))


def test_memory_grows_with_the_tags_and_no_faster() -> None:
    saved = page(f"{RSS}{'<a>' * (MOST_TAGS // 10)}")
    tracemalloc.start()
    try:
        assert feed.find(saved)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 15_000_000


@pytest.mark.parametrize(
    ("what", "most", "body"),
    [
        ("tags", MOST_TAGS, RSS + "<a/>" * MOST_TAGS),
        ("attributes", MOST_ATTRIBUTES, RSS + "<a " + "b = '' " * (MOST_ATTRIBUTES + 1)),
        ("references", MOST_REFERENCES, RSS + "&" * (MOST_REFERENCES + 1)),
        ("bytes", MOST_BYTES, RSS + "x" * MOST_BYTES),
        ("namespaces", MOST_PREFIXES, RSS + each(NAMESPACE, MOST_PREFIXES + 1)),
    ],
    ids=["tags", "attributes", "references", "bytes", "namespaces"],
)
def test_a_feed_bigger_than_feeds_are_is_refused_in_words(what: str, most: int, body: str) -> None:
    with pytest.raises(BrokenListing, match=rf"refused, [0-9]+ {what} are more than a feed has \({most}\)"):
        feed.find(page(body))


def test_markup_in_sections_is_no_markup_of_the_feed() -> None:
    """A feed with its stories whole is no attack."""
    story = "<![CDATA[" + '<p class="a">河水&nbsp;退去</p>' * 99_000 + "]]>"
    body = f"{RSS}<description>{story}</description></item></channel></rss>"
    assert len(feed.find(page(body))) == 1
