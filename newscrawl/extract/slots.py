"""The lines between a headline and its story: which of their words may be a name, and what the elements that hold them
are called. Chinese pages print date, outlet, account and writer there, with labels or without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement

from newscrawl.extract.names import hyphened, name_of
from newscrawl.extract.surface import holders
from newscrawl.text.names import is_person
from newscrawl.text.names.persons import has_surname
from newscrawl.text.traditional import simplified
from newscrawl.text.tree import folded

_LONGEST_RUN = 80
"""Characters; with the first longer run the story begins."""
_MOST_RUNS = 24
_LONGEST_NAME = 24
_MOST_LINES = 24
_FOLLOWING = 4
_OPENING = 8
"""Characters of the story's first words by which it is known."""
DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2} ?[-年/.] ?)?\d{1,2} ?[-月/.] ?\d{1,2}日? {0,3}(?:(?:星期|周)[一二三四五六日天])? {0,3}"
    r"(?:\d{1,2} ?[:：时] ?\d{2}分?(?: ?[:：] ?\d{2})?)?|(?<!\d)\d{1,2} ?[:：] ?\d{2}(?: ?[:：] ?\d{2})?"
)
"""Whole or without the year, with or without the time; a time alone."""
_LETTER = re.compile(r"[A-Za-z\u3400-\u9fff]")
_NO_NAME = re.compile(r"[：:，。！？；“”…<>|｜#@]|^\d|\d{3}|^(?:来自|发布于|关注|欢迎|点击|扫|分享|查看|下载|打开)")
_SECTION = re.compile(
    r"(?:国内|国际|社会|娱乐|体育|财经|科技|时政|政治|地方|本地|最新|即时|今日|综合|焦点|热点|头条|图片|民生|教育|军事|文化|健康|生活|房产|汽车|两岸)"
    r"(?:新闻|频道|要闻|资讯|视频|观察|快讯)?|(?:新闻|要闻|资讯|快讯)(?:频道|中心)?"
)
"""What a site calls its parts."""
_BUTTONS = """
原创 首发 独家 转载 专栏 正文 首页 打印 收藏 点赞 举报 纠错 投诉 评论 留言 跟帖 阅读 浏览 播放 听新闻 朗读 语音
订阅 关注 已关注 取消关注 登录 注册 分享 转发 分享到 分享至 复制链接 微博 新浪微博 微信 朋友圈 微信好友 空间
腾讯QQ 海报 客户端 手机看新闻 手机版 下载APP 扫码 二维码 语音播报 字号 字体 小字号 大字号 字大 字小 超大 标准
缩小字体 放大字体 增大字体 减小字体 字号减小 字号增大 添加喜爱 加入收藏 背景 繁体 简体 默认 人人 人人网 开心网
豆瓣 贴吧 百度贴吧 大 中 小 特大 关闭 更多 返回 上一篇 下一篇 参与 人参与 条评论 评论数 次 编辑 作者 记者 来源
时间 日期 图集 视频 图片 昨天 前天 今天 刚刚 热点栏目 微信号 功能介绍 官方账号 认证 简介 QQ QQ空间 QQ好友 Qzone
qzone App APP WeChat Weibo Facebook Twitter LINE Email Print
"""
_BUTTON = re.compile(r"[+＋\s]*(?:" + "|".join(sorted(_BUTTONS.split(), key=len, reverse=True)) + r"|\s)+")
"""One or several of what stands round a story to be clicked on."""
_DATE_LABEL = re.compile(r"发布时间|发布|发表|更新|发表于|发布于")
_BARS = re.compile(r"\s*[|｜丨]\s*|(?:^|\s)[·•]\s*|\s{2,}")


def head_of(runs: Sequence[str], opening: str) -> tuple[str, ...]:
    """Those of the runs behind a headline that stand before the story, whose first words are ``opening``."""
    start = opening[:_OPENING]
    head: list[str] = []
    for run in runs[:_MOST_RUNS]:
        if len(run) > _LONGEST_RUN or (len(start) == _OPENING and run.startswith(start)):
            break
        head.append(run)
    return tuple(head)


def lines_with(runs: str, words: Iterable[str], *, within: int) -> Iterator[tuple[str, ...]]:
    """The runs that hold one of the words in their first ``within`` characters, each with the few that follow it.

    ``runs``: a page's, as ``surface_of`` joins them. In page order, each once, at most :data:`_MOST_LINES`.
    """
    starts: set[int] = set()
    for word in words:
        at = runs.find(word)
        while at >= 0 and len(starts) < _MOST_LINES:
            start = runs.rfind("\0", 0, at) + 1
            if at - start <= within:
                starts.add(start)
            at = runs.find(word, at + 1)
    for start in sorted(starts):
        yield tuple(folded(run) for run in runs[start : start + 2 * _LONGEST_RUN].split("\0") if run)[:_FOLLOWING]


def is_button(run: str) -> bool:
    return len(run) <= _LONGEST_NAME and _BUTTON.fullmatch(simplified(run)) is not None


def cells(runs: Iterable[str]) -> Iterator[str]:
    """The runs divided at bars, dots and dates: '2024-05-10 10:00 · 甲' -> '2024-05-10 10:00', '甲'."""
    for run in runs:
        if any(map(str.isdigit, run)) and (found := DATE.search(run)):
            yield from (part for part in (run[: found.start()], found[0]) if part.strip())
            run = DATE.sub(" ", run[found.end() :])
        yield from (part.strip() for part in _BARS.split(run) if part.strip())


def is_date(run: str) -> bool:
    """Whether a run holds little but a date or a time, or a part of either."""
    if not any(map(str.isdigit, run)):
        return False
    return not _LETTER.search(_DATE_LABEL.sub("", DATE.sub("", run)))


def may_name(run: str) -> bool:
    """Whether a run may be the name of an outlet, an account or a person: no button, label, number or sentence."""
    text = simplified(run)
    return (
        2 <= len(run) <= _LONGEST_NAME
        and _LETTER.search(run) is not None
        and not _NO_NAME.search(text)
        and not _BUTTON.fullmatch(text)
        and not _SECTION.fullmatch(text)
    )


def is_human(name: str) -> bool:
    """Whether it is as short as a person's name and begins with a surname."""
    return len(name) <= 3 and is_person(name) and has_surname(simplified(name))


def called(tree: HtmlElement, run: str, word: re.Pattern[str]) -> bool:
    """Whether an element that holds the run, or the one round it, has the word in its class or id."""
    for element in holders_of(tree, run):
        for one in (element, element.getparent()):
            if one is not None and word.search(hyphened(name_of(one.get("class"), one.get("id")))):
                return True
    return False


def holders_of(tree: HtmlElement, run: str) -> list[HtmlElement]:
    """The elements right round a run of text that says just this."""
    return holders(tree, re.compile(f"\0{re.escape(run)}(?=\0)"))
