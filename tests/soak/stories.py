"""The articles of a week and all that will happen to them, planned by a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import attrs
from attrs import frozen

START = datetime(2025, 11, 17, tzinfo=UTC)
"""Monday, eight in the morning at the newsroom."""
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
ZONE = timedelta(hours=8)
BEFORE = 4
"""Days before the week; the list does not reach back to the first of them, the dated archive does."""

PLACES = ("太原", "大同", "运城", "晋中", "长治", "临汾", "阳泉", "吕梁")
WRITERS = ("李明远", "王晓东", "张丽华", "陈国强", "刘小红", "赵文静")
OUTLETS = ("活页新闻网", "太原晚报", "山西日报", "新华社")
THINGS = ("社区食堂", "街道图书馆", "口袋公园", "公交首末站", "便民菜市场", "养老服务站")
OPENINGS = ("今日开门迎客", "如期对市民开放", "提前一周启用", "试运营满月")


@frozen(kw_only=True)
class Text:
    """What an article says."""

    headline: str
    paragraphs: tuple[str, ...]
    author: str
    correction: str | None = None

    @property
    def body(self) -> str:
        return "\n".join(self.paragraphs)


@frozen(kw_only=True)
class Story:
    """An article and all that will happen to it."""

    number: int
    published: datetime
    thing: str
    place: str
    author: str
    outlet: str
    edits: tuple[tuple[datetime, str], ...] = ()
    """When and what: 'word', 'headline', 'notice'."""
    away: tuple[datetime, datetime] | None = None
    """When its page answers ``status``; for good where the end is datetime.max."""
    status: int = 404
    listed_while_away: bool = False
    pages: int = 1
    validator: str = ""
    """'etag', 'modified', 'lying' (an ETag that never changes), or none: then its skin changes every hour."""
    only_in_feed: bool = False
    forbidden: bool = False
    """By robots.txt."""
    copy_of: Story | None = None
    """Another article's text under a headline of its own."""

    @property
    def key(self) -> str:
        return f"living:{self.number}"

    def path(self, page: int = 1) -> str:
        return f"/a/{self.number}{f'_{page}' if page > 1 else ''}.html"

    def is_away(self, now: datetime) -> bool:
        return self.away is not None and self.away[0] <= now < self.away[1]

    def version(self, now: datetime) -> int:
        """How many of its edits are done."""
        return sum(at <= now for at, _ in self.edits)

    def text(self, version: int) -> Text:
        if self.copy_of is not None:
            return attrs.evolve(self.copy_of.text(0), headline=f"{self.place}市民有了新去处：{self.number}人次到访")
        done = [kind for _, kind in self.edits[:version]]
        day = self.published + ZONE
        number, opening = self.number, OPENINGS[done.count("headline") % len(OPENINGS)]
        notice = f"更正：本文初稿中的预约电话有误，正确的尾号为{number % 9000 + 1000}。" if "notice" in done else None
        lines = [
            f"中新网{self.place}{day.month}月{day.day}日电 (记者 {self.author}){day.day}日，{self.place}第{number}处"
            f"{self.thing}开门，附近居民早早排起了队。",
            f"据负责人介绍，这里每天可接待{number % 700 + 60 + 1000 * done.count('word')}人，"
            "六十五岁以上的老人凭卡可以优先进入。",
            f"家住附近的王女士说，以前要坐{number % 7 + 3}站公交车，现在下楼走{number % 11 + 2}分钟就到，"
            "心里踏实多了。",
            *(f"第{page}页说的是第{page}天：{self.thing}里坐满了人，工作人员又添了{number % 5 + page}张桌子。"
              for page in range(2, self.pages + 1)),
            *([notice] if notice else ()),
        ]  # fmt: skip
        headline = f"{self.place}第{number}处{self.thing}{opening}"
        return Text(headline=headline, paragraphs=tuple(lines), author=self.author, correction=notice)


def life(seed: int, pace: float, days: int) -> Iterator[Story]:
    """All that will happen, and what the archive has of the days before."""
    chance = random.Random(seed)
    number = 1000
    before: list[Story] = []
    for hour in range(-24 * BEFORE, 24 * days):
        local = (START + hour * HOUR + ZONE).hour
        rate = pace * (chance.randint(5, 12) if 7 <= local < 22 else chance.choice((0, 0, 1, 2)))
        count = int(rate) + (chance.random() < rate % 1)
        for minute in sorted(chance.sample(range(1, 59), min(count, 50))):
            number += 1
            published = START + hour * HOUR + minute * MINUTE
            story = _fate(_plain(number, published, chance), chance, before)
            before.append(story)
            yield story


def _plain(number: int, published: datetime, chance: random.Random) -> Story:
    return Story(
        number=number,
        published=published,
        thing=chance.choice(THINGS),
        place=chance.choice(PLACES),
        author=chance.choice(WRITERS),
        outlet=chance.choice(OUTLETS),
        validator=chance.choices(("", "etag", "modified", "lying"), (60, 25, 10, 5))[0],
    )


def _fate(story: Story, chance: random.Random, before: list[Story]) -> Story:
    def later(least: float, most: float) -> datetime:
        return story.published + timedelta(minutes=round(60 * chance.uniform(least, most)))

    edited = {"word": 12, "headline": 6, "notice": 5, "two": 4}
    others = {"lost": 4, "back": 4, "feed": 2, "long": 2, "dead": 0.4, "forbidden": 0.4, "copy": 1.5}
    fates = edited | others | {"nothing": 100 - sum(edited.values()) - sum(others.values())}
    match chance.choices(list(fates), list(fates.values()))[0]:
        case "word" | "headline" | "notice" as kind:
            return attrs.evolve(story, edits=((later(0.2, 30), kind),))
        case "two":
            first = later(0.2, 8)
            second = (
                first + timedelta(minutes=round(60 * chance.uniform(0.5, 16))),
                chance.choice(("headline", "word")),
            )
            return attrs.evolve(story, edits=((first, chance.choice(("word", "notice"))), second))
        case "lost":
            status, listed = chance.choice((404, 410)), chance.random() < 0.3
            away = (later(0.1, 20), datetime.max.replace(tzinfo=UTC))
            return attrs.evolve(story, away=away, status=status, listed_while_away=listed)
        case "back":
            left = later(0.5, 14)
            back = left + timedelta(minutes=round(60 * chance.uniform(0.5, 30)))
            edits = ((left + (back - left) / 2, "word"),) if chance.random() < 0.4 else ()
            return attrs.evolve(story, away=(left, back), edits=edits)
        case "feed":
            return attrs.evolve(story, only_in_feed=True)
        case "long":
            edits = ((later(0.5, 20), "word"),) if chance.random() < 0.5 else ()
            return attrs.evolve(story, pages=chance.choice((2, 3)), validator="", edits=edits)
        case "dead":
            away = (story.published, datetime.max.replace(tzinfo=UTC))
            return attrs.evolve(story, away=away, listed_while_away=True)
        case "forbidden":
            return attrs.evolve(story, forbidden=True)
        case "copy":
            return attrs.evolve(story, copy_of=_original(story, before))
        case _:
            return story


def _original(story: Story, before: list[Story]) -> Story | None:
    """A quiet article of the day before: never edited, never away, of one page. Two that a run finds together would be
    one copy of the other as chance has it."""
    quiet = [
        one
        for one in before
        if one.published < story.published - 18 * HOUR
        and one.published >= START
        and not (one.edits or one.away or one.only_in_feed or one.forbidden or one.copy_of or one.pages > 1)
    ]
    return quiet[-1] if quiet else None
