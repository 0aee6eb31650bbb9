"""Facts in a page's own scripts, taken from the object that tells of the page and from no other."""

import json
import time

import pytest

from newscrawl.extract.state import NOTHING, state_of
from newscrawl.items import FetchedPage
from newscrawl.sources import read_page
from newscrawl.text.tree import parse

TITLE = "老桥头的豆腐坊今天重新开张"
FEED = {"title": "别处的另一条新闻标题", "pubtime": "2026-01-01 00:00:00", "editorName": "别人", "source": "别家"}
OWN = {"title": TITLE, "pubtime": "2024-05-13 06:16:25", "media": "桥头日报", "editorName": "甲某", "id": 7}
STORY = "<p>豆腐坊的石磨转了三十年，去年冬天停了一回，街坊们说早上起来闻不见豆香，总觉得少了点什么。</p>" * 4


def state(script: str, title: str = f"{TITLE}_桥头网"):
    return state_of(parse(f"<html><head><title>x</title></head><body>{script}</body></html>".encode()), title)


@pytest.mark.parametrize(
    "script",
    [
        f"<script>window.DATA = {json.dumps(OWN)};</script>",
        f"<script>var allData = {json.dumps({'feed': [FEED], 'docData': OWN}, ensure_ascii=False)}; x = 1;</script>",
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"list": [FEED, OWN]}})}</script>',
        f"<script>window.__INITIAL_STATE__ = JSON.parse({json.dumps(json.dumps({'a': OWN}))})</script>",
        f"<script>start({json.dumps([FEED, OWN])})</script>",
    ],
    ids=["window", "nested", "next", "JSON.parse", "argument"],
)
def test_the_object_with_the_pages_title_is_read_and_a_feed_items_is_not(script: str):
    found = state(script)
    assert (found.headline, found.published) == (TITLE, "2024-05-13 06:16:25")
    assert (found.account, found.editor, found.source) == ("桥头日报", "甲某", None)


def test_flat_variables_are_one_object():
    script = (
        f'<script>var ct = "1581418070";\nvar nickname = htmlDecode("桥头闲话"); var msg_title = \'{TITLE}\';</script>'
    )
    found = state(script)
    assert (found.headline, found.published, found.account) == (TITLE, "1581418070", "桥头闲话")


def test_seconds_since_1970_are_the_moment_in_the_pages_zone_where_no_clock_is_shown():
    script = f'<script>var ct = "1581418070"; var msg_title = "{TITLE}"; var nickname = "x";</script>'
    html = f"<html><head><title>{TITLE}</title></head><body><h2>{TITLE}</h2><em>前天</em>{STORY}{script}</body></html>"
    article = read_page(FetchedPage(url="", body=html.encode()), generic=True)
    assert article.published is not None
    assert (article.published.local, article.answered_by["published"]) == ("2020-02-11T18:47:50+08:00", "state")


@pytest.mark.parametrize(
    "script",
    [
        f"<script>window.DATA = {json.dumps(FEED)};</script>",
        f"<script>window.DATA = {{title: '{TITLE}', broken</script>",
        f'<script>console.log("{TITLE}")</script>',
        "<script>window.DATA = {</script>",
        f"<script>x = {'[' * 50_000} {TITLE}</script>",
    ],
)
def test_scripts_of_other_stories_and_broken_ones_say_nothing(script: str):
    assert state(script) == NOTHING


def test_ten_megabytes_of_script_end_in_time():
    filler = json.dumps([FEED] * 1000)
    scripts = "".join(f"<script>var a{n} = {filler}; // {TITLE}</script>" for n in range(70))
    tree = parse(f"<html><body>{scripts}</body></html>".encode())
    started = time.process_time()
    state_of(tree, TITLE)
    assert time.process_time() - started < 1.5


def test_the_storys_text_is_offered_where_the_object_holds_it():
    body = "<p>" + "豆腐坊的石磨又转起来了。" * 20 + "</p>"
    assert state(f"<script>window.DATA = {json.dumps({**OWN, 'content': body})}</script>").content == body
