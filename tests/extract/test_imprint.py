"""What a page in Chinese prints round its story: source, account, writers and editors, in the shapes templates have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.errors import NotAnArticle
from newscrawl.extract.credit import labelled_in, names_behind
from newscrawl.extract.slots import cells, head_of, is_button, is_date, may_name
from newscrawl.extract.writers import labelled_writers
from newscrawl.items import Article, FetchedPage
from newscrawl.sources import read_page

HEADLINE = "老街改造收尾商铺恢复营业"
FIRST = "<p>城东老街的改造工程本周进入收尾阶段，沿街商铺陆续恢复营业，居民说夜里终于不再有施工的噪声了。</p>"
STORY = (
    f"{FIRST}<p>负责施工的单位表示，地下管线已经全部更换，路面铺装预计在月底之前完成，届时公交线路将按原来的走向恢复运行。</p>"
    "<p>附近的菜市场也会同步搬回旧址，摊位数量与改造前相同，租金三年之内不作调整，商户对此普遍表示欢迎。</p>"
)


def read(
    head: str = "<div>2024-05-10 10:00</div>",
    *,
    story: str = STORY,
    foot: str = "",
    meta: str = "",
    title: str = f"{HEADLINE}_甲乙在线",
) -> Article:
    html = (
        f'<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>{meta}</head><body>'
        f'<div class="nav"><a href="/">首页</a></div><div class="main"><h1>{HEADLINE}</h1>{head}'
        f'<div class="content">{story}</div>{foot}</div><div class="footer">版权所有</div></body></html>'
    )
    return read_page(FetchedPage(url="https://www.example.com/a/1.html", body=html.encode()), generic=True)


# -- credit ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "credit"),
    [
        ("<p>2024-05-10 09:00 来源：城东晚报 作者：张云 责任编辑：李方 点击：33</p>", "城东晚报"),
        ("<p><i>2024-05-10 09:00</i><i>来源：</i><a>城东网－城东日报</a>作者：<b>张云</b></p>", "城东网－城东日报"),
        ("<p>2024-05-10&nbsp;&nbsp;来源：&nbsp;城东晚报&nbsp;&nbsp;编辑：李方</p>", "城东晚报"),
        ("<p>本文来源于</p><p>城东商报</p><p>2024-05-10 09:00</p>", "城东商报"),
        ("<p>發佈時間：2024-05-10 來源：城東晚報</p>", "城東晚報"),
        ("<p>发布时间：2024-05-10 信息来源：市住建局 浏览次数：12</p>", "市住建局"),
        ("<p>2024-05-10 来源：城东发布</p>", "城东发布"),
        ("<p>来源：城东晚报客户端2024-05-10 08:00</p>", "城东晚报客户端"),
        ("<p>2024-05-10 来源： 作者： 编辑：</p>", None),
        ("<p><i>2024-05-10</i><i>来源：</i><i>作者：</i><i>张云</i></p>", None),
        ("<p>2024-05-10 图片来源：城东图社</p>", None),
    ],
)
def test_the_source_stands_behind_its_label_in_the_same_run_or_the_next(head: str, credit: str | None) -> None:
    assert read(head).credit == credit


@pytest.mark.parametrize(
    ("head", "meta", "credit", "who"),
    [
        ("<p>2024-05-10 09:00 城东晚报</p>", "", "城东晚报", "generic"),
        ('<p><b>城东晚报</b><i class="time">2024-05-10 09:00</i></p>', "", "城东晚报", "generic"),
        ('<p><i>2024-05-10 09:00</i><b class="art_source_3xQ">豆乳读书</b></p>', "", "豆乳读书", "generic"),
        ("<p><i>2024-05-10</i><b>豆乳读书</b></p>", '<meta name="author" content="豆乳读书">', "豆乳读书", "meta"),
        ("<p>2024-05-10</p>", '<meta name="ContentSource" content="来源：市住建局">', "市住建局", "meta"),
        ("<p><i>2024-05-10</i><b>豆乳读书</b></p>", "", None, None),
        ("<p><i>2024-05-10</i><b>社会新闻</b></p>", "", None, None),
        ("<p><i>2024-05-10</i><b>甲乙在线</b></p>", "", None, None),
        ("<p><i>2024-05-10</i><b>分享</b><b>城东网</b></p>", "", None, None),
        ("<p><i>2024-05-10</i><b>张云</b></p>", "", None, None),
        ("<p>2024-05-10</p>", '<meta name="source" content="1024">', None, None),
    ],
)
def test_a_name_beside_the_date_is_the_source_only_where_something_else_says_so(
    head: str, meta: str, credit: str | None, who: str | None
) -> None:
    article = read(head, meta=meta)
    assert (article.credit, article.answered_by.get("credit")) == (credit, who)


def test_a_source_below_the_story_serves_if_the_page_names_one_only() -> None:
    one = read(foot="<div><span>来源：城东晚报</span></div>")
    assert (one.credit, one.sure["credit"]) == ("城东晚报", 0.55)
    assert read(foot="<ul><li>来源：城东晚报</li><li>来源：城西晚报</li></ul>").credit is None


def test_the_sources_own_link_is_its_address_and_no_other_links() -> None:
    linked = '<p>2024-05-10 来源：<a href="http://paper.example.org/1">城东晚报</a></p>'
    assert read(linked).credit_url == "http://paper.example.org/1"
    elsewhere = '<div><a href="http://other.example.org/">城东晚报</a></div>'
    assert read("<p>2024-05-10 来源：<b>城东晚报</b></p>", foot=elsewhere).credit_url is None


# -- account -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "foot", "account"),
    [
        ("<p><a>豆乳读书</a><i>2024-05-10 10:00</i></p>", "<div><a>豆乳读书</a><b>+ 关注</b></div>", "豆乳读书"),
        ("<p>2024-05-10 10:00 · 豆乳读书</p>", "<div><a>豆乳读书</a><b>关注</b></div>", "豆乳读书"),
        ("<p><i>2024-05-10</i><a>豆乳读书</a><b>企鹅号</b></p>", "", "豆乳读书"),
        ("<p><a>城东日报</a><i>2024-05-10</i><i>城东日报官方账号</i></p>", "", "城东日报"),
        ("<p><a>豆乳读书</a><i>2024-05-10 10:00</i></p>", "<h3>作者最新文章</h3>", "豆乳读书"),
        ("<p>2024-05-10 来源：<a>豆乳读书</a></p>", "<p>以上内容为自媒体平台用户上传</p>", "豆乳读书"),
        ("<p><a>张云</a><i>2024-05-10 10:00</i></p>", "<div><a>张云</a><b>关注</b></div>", None),
        ("<p>2024-05-10 来源：<a>城东网</a><i>小字号</i></p>", "<div>关注</div>", None),
        ("<p><a>豆乳读书</a><i>2024-05-10 10:00</i></p>", "", None),
    ],
)
def test_an_account_is_told_by_what_only_accounts_have(head: str, foot: str, account: str | None) -> None:
    assert read(head, foot=foot).account == account


def test_an_account_that_is_called_like_an_outlet_is_no_source_without_a_label() -> None:
    article = read("<p><a>城东日报</a><i>2024-05-10 10:00</i></p>", foot="<div><a>城东日报</a><b>关注</b></div>")
    assert (article.account, article.credit, article.authors) == ("城东日报", None, ())


# -- authors and editors -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("<p>本报记者 张 云 李小方</p><p>2024-05-10</p>", ("张云", "李小方")),
        ("<p>撰文：<a>張雲</a></p><p>出版：2024-05-10 10:00</p>", ("張雲",)),
        ("<p><i>2024-05-10</i><i><a>城東報</a>／ 記者<a>張雲</a>／台北即時報導</i></p>", ("張雲",)),
        ('<p><i>2024-05-10</i><i class="authorName">张云</i></p>', ("张云",)),
        ("<p><i>2024-05-10</i><i>张云</i></p>", ()),
        ('<p><i>2024-05-10</i><i class="author">城东晚报</i></p>', ()),
        ("<p>2024-05-10 作者：城东晚报</p>", ()),
    ],
)
def test_writers_near_the_headline_have_a_label_or_an_authors_element(head: str, authors: tuple[str, ...]) -> None:
    assert read(head).authors == authors


@pytest.mark.parametrize(
    ("story", "authors"),
    [
        (f"<p>〔記者張雲／台北報導〕{FIRST[3:]}", ("張雲",)),
        (f"<p>記者張雲／台北報導</p>{STORY}", ("張雲",)),
        (f"{STORY}<p>文｜张云</p><p>编辑｜李方</p>", ("张云",)),
        (f"<p>【记者连线】</p>{STORY}", ()),
        (STORY, ()),
    ],
)
def test_the_storys_edges_name_its_writers(story: str, authors: tuple[str, ...]) -> None:
    assert read(story=story).authors == authors


def test_meta_is_believed_of_a_name_that_the_page_prints_alone_by_the_headline() -> None:
    meta = '<meta name="author" content="{}">'
    printed = "<p><i>2024-05-10</i><b>{}</b></p>"
    assert read(printed.format("张云"), meta=meta.format("张云")).authors == ("张云",)
    assert read(printed.format("kingfisher"), meta=meta.format("kingfisher")).authors == ("kingfisher",)
    assert read(meta=meta.format("张云")).authors == ()


def test_an_editor_is_no_author_whatever_the_page_says_of_him_elsewhere() -> None:
    meta = '<meta name="author" content="张云">'
    article = read("<p><i>2024-05-10</i><i>作者：张云</i></p>", foot="<p>责任编辑：张云_NB12</p>", meta=meta)
    assert (article.authors, article.editors) == ((), ("张云",))


def test_a_writer_below_the_story_serves_if_the_page_names_one_only() -> None:
    assert read(foot="<div><i>作者：张云</i><i>编辑：李方</i></div>").authors == ("张云",)
    assert read(foot="<ul><li>作者：张云</li><li>作者：李方</li></ul>").authors == ()


@pytest.mark.parametrize(
    "foot",
    [
        "<p>责任编辑：李方、王小伟</p>",
        '<div>责任编辑：<a href="/1">李方</a>、<a href="/2">王小伟</a></div><div>分享</div>',
        "<span><div>×</div></span>责任编辑： <!-- 始 -->李方 王小伟<!-- 终 -->",
        "<p>编辑｜李方</p><p>责编｜王小伟</p>",
    ],
)
def test_editors_are_named_in_the_labels_run_or_in_those_behind_it(foot: str) -> None:
    assert read(foot=foot).editors == ("李方", "王小伟")


# -- the parts ---------------------------------------------------------------------------------------------------------
def test_the_head_ends_where_the_story_begins() -> None:
    assert head_of(["2024-05-10", "城东老街的改造工程本周收尾", "甲"], "城东老街的改造工程") == ("2024-05-10",)
    assert head_of(["甲", "长" * 81, "乙"], "") == ("甲",)


def test_runs_are_divided_at_dates_bars_and_dots() -> None:
    assert list(cells(["2024-05-10 10:00 · 豆乳读书", "甲 | 乙"])) == ["2024-05-10 10:00", "豆乳读书", "甲", "乙"]


def test_the_sites_names_stand_behind_the_headline_in_the_title() -> None:
    assert names_behind("甲事", "甲事_要闻_某网") == ("要闻", "某网")
    assert names_behind("乙事", "甲事_某网") == names_behind(None, "甲事_某网") == ()


def test_a_writer_without_a_name_is_nobody() -> None:
    assert labelled_writers(["作者：", "责任编辑：李方"]).names == ()
    assert labelled_writers(["本报记者", "2024-05-10"]).names == ()


@given(st.lists(st.text(alphabet="来源：:作者记张云大小字号分享 \u3000|2024-05/关注+編輯網", max_size=90), max_size=30))
def test_no_head_raises_and_a_source_is_never_a_label_or_a_date(runs: list[str]) -> None:
    found = labelled_in(runs)
    assert found is None or (found.strip() and not is_date(found))
    labelled_writers(runs)
    for run in [*runs, *cells(runs)]:
        assert not (may_name(run) and is_button(run))


def test_runs_of_buttons_are_judged_in_time_that_grows_with_them() -> None:
    try:
        article = read("<p>" + "大字号" * 20_000 + "甲</p><p>" + "分享到" * 26 + "甲</p>")
    except NotAnArticle:
        return
    assert article.credit is None
