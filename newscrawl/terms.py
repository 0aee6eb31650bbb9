"""On what terms an article may be shown: the operator's policy (NEWSCRAWL_REPRINT) and what its page says. Pure.

The operator's rule is the nearest: of the credited outlet (``"credit:求是网"``), of the known publisher that is
credited (its slug), of the page's publisher (its slug, or the host of a site that no source knows, or a host above it),
of everybody (``"*"``, else full). What the page says (robots
meta elements, X-Robots-Tag, TDMRep) can lower that and never raises it. The strictest stands, and every rule that
lowers is named.

Whether anything may be reprinted at all is between the operator and the publisher; nothing here grants it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from attrs import frozen

from newscrawl.options import REPRINT_MODES
from newscrawl.text.script import simplified

SIGNALS: Mapping[str, str] = {
    "noarchive": "excerpt",
    "nosnippet": "link",
    "noindex": "full",
    "tdm-reservation": "full",
}
"""What a page can say, and the loosest mode it leaves. ``noindex`` leaves the mode and marks the page that shows it."""
CREDIT, SIGNAL, EVERYBODY = "credit:", "signal:", "*"
"""How the keys of NEWSCRAWL_REPRINT that are no slugs begin."""

_VERSION = 2
"""To be raised whenever the same policy and page come to other terms than before: the store then settles anew."""
_FULL = REPRINT_MODES[0]
_STRICT = {mode: place for place, mode in enumerate(REPRINT_MODES)}
_WORDS: Mapping[str, str] = {
    "noarchive": "noarchive",
    "nocache": "noarchive",
    "nosnippet": "nosnippet",
    "max-snippet:0": "nosnippet",
    "noindex": "noindex",
    "none": "noindex",
    "tdm-reservation=1": "tdm-reservation",
}
_LOOKS = re.compile(r"[\s\u200b\ufeff《》〈〉「」『』“”‘’\"']+")
_BETWEEN = re.compile(r"[-‐-―/|、,;:·・•()\[\]【】〔〕+&]+")
_BLANK = re.compile(r"(?<![a-z\d.'])\s+|\s+(?![a-z\d])", re.IGNORECASE)
"""Not between two words of Latin letters: The Lake Times is one outlet."""
_TITLE = re.compile(r"《([^《》]+)》")
_LABELS = """
来源 来源于 来源自 稿源 稿件来源 文章来源 新闻来源 信息来源 内容来源 图源 图片来源 来自 源自 转自 转载 转载自 本文转自
本文转载自 摘自 选自 综合 综合自 据 根据 source via
"""
_BEFORE = tuple(_LABELS.split())
"""What a credit may begin with, with or without a colon."""
_SUFFIXES = """
客户端 新闻客户端 app 官网 官方网站 网站 手机版 手机报 网络版 电子版 微信 微信公众号 官方微信 公众号 微博 官方微博 官微
百家号 头条号 视频号 抖音号 综合 综合报道 报道 消息 电讯 电 讯 等
"""
_BEHIND = tuple(_SUFFIXES.split())
"""What a credit may hang behind an outlet's name."""
_REPORTER = "记者"
_LONGEST_PEELED = 100
"""Signs of a name that labels are looked for in."""
_REMEMBERED = 8192
"""Different inputs of :func:`terms`; the articles of a source share a few."""


@frozen
class Because:
    """A rule that lowers what may be shown."""

    mode: str
    """What it lowers to: 'excerpt', 'link' or 'hold'; 'noindex' where it only keeps the page out of search engines."""
    why: str
    """In plain words; may quote the page."""


@frozen(kw_only=True)
class Terms:
    mode: str
    """One of REPRINT_MODES: 'full', 'excerpt' (no body, no images), 'link' (no summary either), 'hold' (not at all)."""
    noindex: bool
    """Whoever shows it should put noindex on that page."""
    reasons: tuple[Because, ...]
    """Every rule that lowers, the deciding one first; () where all may be shown."""


@frozen(kw_only=True, eq=False)
class Policy:
    """The operator's rules. They are taken as they are; ``pipelines.rights.check_policy`` says what is wrong."""

    reprint: Mapping[str, str]
    """NEWSCRAWL_REPRINT: ``"*"``, slug, ``"credit:NAME"``, ``"signal:NAME"`` -> mode."""
    outlets: Mapping[str, str]
    """A known publisher's name, or another that credits print of it (中新网) -> its slug."""

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits: the same where every page comes to the same mode and noindex, another where one does not."""
        return hashlib.blake2b(repr((_VERSION, *_outcomes(self))).encode(), digest_size=8).hexdigest()

    def mode(self, key: str) -> str:
        return self.reprint.get(key, _FULL)

    def of_source(self, slug: str) -> str:
        """The key of the rule for what a publisher shows as its own; ``example.com`` is one for its sub-domains too."""
        return next((name for name in hosts_of(slug) if name in self.reprint and ":" not in name), EVERYBODY)

    def of_name(self, name: str) -> str | None:
        """The key of an outlet's own rule, its name as :func:`spelt` gives it; None where it has none."""
        if key := self._credits.get(name):
            return key
        slug = self._slugs.get(name)
        return slug if slug is not None and self.of_source(slug) == slug else None

    @cached_property
    def named(self) -> Mapping[str, str]:
        """Every outlet that has a rule of its own, as :func:`spelt` gives it -> its mode."""
        names = sorted({*self._credits, *self._slugs})
        return {name: self.mode(key) for name in names if (key := self.of_name(name))}

    @cached_property
    def _credits(self) -> Mapping[str, str]:
        """Of two spellings of one outlet the stricter rule counts."""
        keys = sorted((key for key in self.reprint if key.startswith(CREDIT)), key=lambda key: _STRICT[self.mode(key)])
        return {name: key for key in keys if (name := spelt(key.removeprefix(CREDIT)))}

    @cached_property
    def _slugs(self) -> Mapping[str, str]:
        return {spelt(name): slug for name, slug in self.outlets.items()}


def hosts_of(slug: str) -> Iterator[str]:
    """The slug, and where it is a host those above it: news.example.com, example.com."""
    yield slug
    while "." in (slug := slug.partition(".")[2]):
        yield slug


def spelt(name: str) -> str:
    """An outlet's name, the same for every width, case, spacing, quotation and script: 《求是》　網 is 求是网."""
    return _LOOKS.sub("", simplified(unicodedata.normalize("NFKC", name).casefold()))


def terms(policy: Policy, *, source: str, credit: str | None, robots: Sequence[str]) -> Terms:
    """On what terms an article may be shown.

    ``source``: the publisher's slug; ``credit``: 来源 as its page prints it; ``robots``: the page's signals as
    ``Article.robots`` keeps them. A credit that has no rule as a whole is under the strictest of the publisher's and
    those of every outlet that stands in it, beside another (人民网－人民日报), behind a label or before a suffix
    (来源：新华社客户端).
    """
    return _terms(policy, source, credit or "", tuple(robots))


@lru_cache(maxsize=_REMEMBERED)
def _terms(policy: Policy, source: str, credit: str, robots: tuple[str, ...]) -> Terms:
    said = _said(robots)
    reasons = [*_by_policy(policy, source, credit), *_by_signals(policy, said)]
    reasons.sort(key=lambda reason: -_STRICT[reason.mode])  # stable: the policy's before the page's
    mode = reasons[0].mode if reasons else _FULL
    noindex = "noindex" in said and not _is_lifted(policy, "noindex")
    if noindex:
        reasons.append(Because("noindex", f"the page says {said['noindex']}"))
    return Terms(mode=mode, noindex=noindex, reasons=tuple(reasons))


# -- the operator's rules ----------------------------------------------------------------------------------------------
def _by_policy(policy: Policy, source: str, credit: str) -> Iterator[Because]:
    for key in _keys(policy, source, credit):
        mode = policy.mode(key)
        if mode != _FULL:
            told = key in (policy.of_source(source), EVERYBODY, CREDIT + credit)
            whose = "" if told else f", and the page credits {credit}"
            yield Because(mode, f'NEWSCRAWL_REPRINT has "{key}": "{mode}"{whose}')


def _keys(policy: Policy, source: str, credit: str) -> Iterable[str]:
    """The rules that an article is under, by their keys."""
    if key := policy.of_name(spelt(credit)):
        return (key,)
    several = (policy.of_name(name) for name in _each(credit))
    return dict.fromkeys((*filter(None, several), policy.of_source(source)))


@lru_cache(maxsize=_REMEMBERED)
def _each(credit: str) -> tuple[str, ...]:
    """The outlets that a credit may name, as :func:`spelt` gives them: 光明网-《光明日报》, 《求是》2025/13,
    来源：新华社客户端 央视新闻. Most are nobody's name; what is given for a part is given for the whole, too."""
    plain = unicodedata.normalize("NFKC", credit)
    wholes = (plain, *_TITLE.findall(plain))
    parts = [part for whole in wholes for part in _BETWEEN.split(whole)]
    words = [word for part in parts for word in _BLANK.split(part)]
    names = dict.fromkeys(spelt(name) for name in (*wholes, *parts, *words))
    return tuple(dict.fromkeys(one for name in names for one in _peeled(name)))


def _peeled(name: str) -> list[str]:
    """The name itself, and without each of the label words before it and of the suffixes behind it."""
    found = [name]
    for one in found if len(name) <= _LONGEST_PEELED else ():
        shorter = {one[len(word) :].lstrip(":") for word in _BEFORE if one.startswith(word)}
        shorter |= {one.removesuffix(word) for word in _BEHIND if one.endswith(word)}
        shorter.add(one.partition(_REPORTER)[0])
        found += sorted(shorter.difference(found))
    return found


# -- the page's signals ------------------------------------------------------------------------------------------------
def _said(robots: Iterable[str]) -> dict[str, str]:
    """Signal -> the page's words for it: 'noarchive', 'none (noindex)', 'nosnippet to googlebot'.

    What is said to one crawler only is heard too: who lets nobody else keep a copy does not mean us to.
    """
    said: dict[str, str] = {}
    for directive in robots:
        words = directive.strip().lower()
        whom, divided, what = ("", "", words) if words.replace(" ", "") in _WORDS else words.partition(": ")
        signal = _WORDS.get(what.replace(" ", ""))
        if signal is not None and (signal not in said or not divided):
            meant = "" if what.startswith(signal) else f" ({signal})"
            said[signal] = what + meant + (f" to {whom}" if divided else "")
    return said


def _by_signals(policy: Policy, said: Mapping[str, str]) -> Iterator[Because]:
    for signal, words in said.items():
        mode = _mode_of(policy, signal)
        if mode != _FULL:
            key = SIGNAL + signal
            mapped = f', and NEWSCRAWL_REPRINT has "{key}": "{mode}"' if key in policy.reprint else ""
            yield Because(mode, f"the page says {words}{mapped}")


def _mode_of(policy: Policy, signal: str) -> str:
    return policy.reprint.get(SIGNAL + signal, SIGNALS[signal])


def _is_lifted(policy: Policy, signal: str) -> bool:
    return policy.reprint.get(SIGNAL + signal) == _FULL


# -- what a policy comes to --------------------------------------------------------------------------------------------
def _outcomes(policy: Policy) -> Iterator[object]:
    """The policy as far as it makes a difference, whatever the order and the spelling in which it is written."""
    everybody = policy.mode(EVERYBODY)
    sources = {slug: policy.mode(slug) for slug in policy.reprint if ":" not in slug and slug != EVERYBODY}
    yield everybody
    above = {slug: policy.mode(policy.of_source(slug.partition(".")[2])) for slug in sources}
    yield sorted((slug, mode) for slug, mode in sources.items() if mode != above[slug])
    owns = {everybody, *sources.values()}
    yield [(name, mode) for name, mode in policy.named.items() if _differs(policy, name, mode, owns)]
    loosest = min((*owns, *policy.named.values()), key=_STRICT.__getitem__)
    yield [_strictest(_mode_of(policy, signal), loosest) for signal in SIGNALS]
    yield _is_lifted(policy, "noindex")


def _differs(policy: Policy, name: str, mode: str, owns: Iterable[str]) -> bool:
    """Whether an outlet's own rule changes anything for who credits it, however that is printed: 《求是》网."""
    parts = {other for part in _each(name) if part != name and (other := policy.named.get(part))}
    titles = (other for part, other in policy.named.items() if part != name and part in name)
    without = (_strictest(own, *parts, title) for title in (_FULL, *titles) for own in owns)
    return any(found != mode for found in without)


def _strictest(*modes: str) -> str:
    return max(modes, key=_STRICT.__getitem__)
