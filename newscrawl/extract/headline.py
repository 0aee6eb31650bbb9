"""The headline of a page: who says what it is, weighed, and in the spelling that the page prints.

A title bears its site's name, an ``og:title`` is cut, the first ``<h1>`` is often the channel's: what they share is the
headline. Where a page has no ``<h1>`` for it, the run of text that its title repeats is taken as printed.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from attrs import frozen
from lxml.html import HtmlElement

from newscrawl.extract import jsonld
from newscrawl.extract.meta import Meta
from newscrawl.extract.names import name_of
from newscrawl.extract.near_dates import dates_in
from newscrawl.extract.surface import holder_at, marked, surface_of
from newscrawl.extract.visible import Head, cuts_of, runs_behind, without_site
from newscrawl.extract.weigh import Verdict, Witness, together, weigh
from newscrawl.items import Json
from newscrawl.text.tree import HEADINGS, folded, visible_text
from newscrawl.text.urls import split

_TAG = re.compile(r"</?(?:i|b|em|strong|span|sup|sub|u|font|mark)\b[^<>]*>|<br ?/?>", re.IGNORECASE)
_CUT = ("…", "...")
_DATED = re.compile(r"\0[^\0]{0,24}(?:19|20)\d{2} ?[-年/.] ?\d{1,2} ?[-月/.] ?\d{1,2}")
_TITLED = re.compile(r"(?:^|[\s_-])(?:\w*title|\w*headline|tit|bt|biaoti|subject)(?:$|[\s_-])", re.IGNORECASE)
_MOST_HEADS = 8
_CLOSE = 8
"""Runs behind an ``<h1>`` among which its date stands."""
_SHORTEST = 4
"""Characters; a shorter text is no headline."""
_SHORT = 8
"""Letters up to which a lone ``<h1>`` is a channel's name rather than a headline."""
_NAME = 12
"""Letters of a title that may be a site's name."""
_ALIKE = 6
"""Letters that two texts must share where one holds the other."""
_WEAK = 0.55
"""Below this the heading over a date line is asked too."""
_WEIGHTS = {
    "jsonld": 0.85,
    "microdata": 0.7,
    "og": 0.6,
    "twitter": 0.15,
    "title": 0.5,
    "h1": 0.6,
    "run": 0.55,
    "over": 0.8,
}
_CHANNEL, _HINT, _CUT_WEIGHT = 0.2, 0.3, 0.3


@frozen
class _Said:
    text: str
    key: str
    """Letters and digits only, in lower case."""
    shown: bool = False
    """It is printed on the page."""


def headline_of(
    tree: HtmlElement,
    *,
    heads: Sequence[Head],
    title: str,
    site: str,
    meta: Meta,
    data: Json,
    hint: str | None = None,
) -> Verdict[str] | None:
    """What the page's headline is; None where nobody says one.

    ``heads`` are the page's, ``title`` is its ``<title>``, ``site`` the site's own name, ``hint`` the headline of the
    listing's link.
    """
    heads = heads[:_MOST_HEADS]
    heard = [*_declared(tree, meta, data, site), *_printed(tree, heads, title, site)]
    heard += _named("generic", _cut_like(title, site, heard), _WEIGHTS["title"])
    heard += _named("hint", hint, _HINT)
    verdict = weigh(heard, _same)
    if verdict is None or verdict.sure < _WEAK or _is_bare(verdict):
        heard += _over_a_date(tree)
        verdict = weigh(heard, _same)
    if verdict is None:
        return None
    if not any(one.value.shown for one in verdict.agreed) and (dated := _dated_head(heads, heard)) is not None:
        verdict = Verdict(who=dated.who, sure=max(dated.weight, 1 - verdict.sure), value=dated.value, agreed=(dated,))
    return Verdict(who=verdict.who, sure=verdict.sure, value=_spelt(verdict.agreed), agreed=())


def _is_bare(verdict: Verdict[_Said]) -> bool:
    """Whether all that speaks for it is a short title, repeated on the page: the site's or the channel's name."""
    weights = {one.weight for one in verdict.agreed}
    return len(verdict.value.key) <= _NAME and weights <= {_WEIGHTS["title"], _WEIGHTS["run"]}


@lru_cache(maxsize=64)
def key_of(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _named(who: str, text: str | None, weight: float, *, shown: bool = False) -> Iterator[Witness[_Said]]:
    if text and "<" in text:
        text = _TAG.sub("", text)
    text = folded(text or "")
    key = key_of(text)
    if len(text) >= _SHORTEST and key:
        yield Witness(who, _Said(text, key, shown), min(weight, _CUT_WEIGHT) if text.endswith(_CUT) else weight)


def _declared(tree: HtmlElement, meta: Meta, data: Json, site: str) -> Iterator[Witness[_Said]]:
    said = jsonld.text(data, "headline") or jsonld.text(data, "name")
    yield from _named("jsonld", html.unescape(said) if said else None, _WEIGHTS["jsonld"])
    called = marked(tree, "headline")
    if len(called) == 1:
        content = called[0].get("content")
        yield from _named("microdata", content or visible_text(called[0]), _WEIGHTS["microdata"], shown=not content)
    for name in ("og", "twitter"):
        if content := meta.first(f"{name}:title"):
            yield from _named("meta", without_site(html.unescape(content), site), _WEIGHTS[name])


def _printed(tree: HtmlElement, heads: Sequence[Head], title: str, site: str) -> Iterator[Witness[_Said]]:
    """Every ``<h1>`` but the masthead's, and, where none of them stands in the title, the longest run of text that
    does."""
    in_title = False
    site_key, title_key = key_of(site), key_of(title)
    known: set[str] = set()
    for head, words in heads:
        if _leads_home(head):
            continue
        for one in _named("generic", words, _WEIGHTS["h1"], shown=True):
            key = one.value.key
            if key == site_key or key in known:
                continue
            known.add(key)
            held = key in title_key
            in_title = in_title or (held and len(key) >= _ALIKE)
            yield one if held or len(key) > _SHORT else Witness(one.who, one.value, _CHANNEL)
    if not in_title and title:
        run = _run_in(tree, title)
        yield from _named("generic", run, _WEIGHTS["run"], shown=True)


def _leads_home(head: HtmlElement) -> bool:
    """Whether it is the site's name over every page: a link to a front page, and no word beside it."""
    link = next(head.iter("a"), None)
    if link is None or visible_text(link) != visible_text(head):
        return False
    href = (link.get("href") or "").strip()
    parts = split(href)
    return href == "/" if parts is None else parts.path in ("", "/") and not parts.query


def _run_in(tree: HtmlElement, title: str) -> str | None:
    """The short run of text on the page that the title is without its site's name, else the whole title, else the
    longest that the title holds, where it is most of a headline."""
    runs = surface_of(tree).runs.split("\0")
    held = [run for run in runs if len(run) > _SHORT and run in title]
    whole, *cuts = cuts_of(title)
    if cut := next((cut for cut in cuts if cut in held), None):
        return cut
    if held.count(whole) > 1:  # once as the title itself
        return whole
    best = max((run for run in held if run != whole), key=len, default="")
    return best if 3 * len(best) >= len(title) else None


def _cut_like(title: str, site: str, heard: Sequence[Witness[_Said]]) -> str:
    """The title without its site, cut where it says what another says, else as far as it can be."""
    known = {one.value.key for one in heard}
    cuts = cuts_of(title)
    return next((cut for cut in cuts if key_of(cut) in known), without_site(title, site))


def _same(one: _Said, other: _Said) -> bool:
    """The same letters, or those of one at the head or the foot of the other, or most of the other."""
    short, long = one.key, other.key
    if short == long:
        return True
    if len(short) > len(long):
        short, long = long, short
    if len(short) < _ALIKE or short not in long:
        return False
    return 2 * len(short) >= len(long) or long.startswith(short) or long.endswith(short)


def _spelt(agreed: Sequence[Witness[_Said]]) -> str:
    """The spelling that most of those agreed have, as printed where one of them is; the whole one for one cut short."""
    weights: defaultdict[str, list[float]] = defaultdict(list)
    for one in agreed:
        weights[one.value.key].append(one.weight)
    whole = [one.value.key for one in agreed if one.value.shown]
    keys = [key for key in weights if not any(longer != key and longer.startswith(key) for longer in whole)]
    best = max(keys, key=lambda key: (together(weights[key]), key in whole))
    alike = [one.value for one in agreed if one.value.key == best]
    return next((said.text for said in alike if said.shown), alike[0].text)


def _dated_head(heads: Sequence[Head], heard: Sequence[Witness[_Said]]) -> Witness[_Said] | None:
    """The first ``<h1>`` of a headline's length with a date close behind it, for where no other witness is printed."""
    known = {one.value.key: one for one in heard if one.value.shown and one.weight == _WEIGHTS["h1"]}
    for head, words in heads:
        one = known.get(key_of(words))
        if one is not None and next(iter(dates_in(runs_behind(head)[:_CLOSE])), None) is not None:
            return one
    return None


def _over_a_date(tree: HtmlElement) -> Iterator[Witness[_Said]]:
    """The heading, or what is named a title, right over a date line."""
    runs = surface_of(tree).runs
    for place, found in enumerate(_DATED.finditer(runs)):
        if place > _MOST_HEADS:
            return
        before = runs[: found.start()].rstrip("\0")
        start = before.rfind("\0")
        if len(before) - start - 1 <= _SHORT:
            continue
        number = runs.count("\0", 0, start + 1)
        element = holder_at(tree, number)
        if _is_heading(element):
            yield from _named("generic", before[start + 1 :], _WEIGHTS["over"], shown=True)
            return


def _is_heading(element: HtmlElement) -> bool:
    """By its tag or its name, or those of the element round it; never a link, which leads to another story."""
    outer = element.getparent()
    near = (element,) if outer is None else (element, outer)
    if any(one.tag == "a" for one in near):
        return False
    return any(one.tag in HEADINGS or _TITLED.search(name_of(one.get("class"), one.get("id"))) for one in near)
