"""The self-media account (自媒体号) under which a story stands on a platform, where the page shows that it is one.

A platform prints the account's name beside the date, where other sites print the outlet. It is told by what only an
account has: a button to follow it, 'X号' behind its name, 某某官方账号, a notice that a user of the platform sent the
story in, a list of the same author's other pieces, or the name in the page's scripts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from attrs import frozen

from newscrawl.extract.slots import cells, is_date, is_human, may_name
from newscrawl.extract.state import State
from newscrawl.text.traditional import simplified

_MOST_RUNS = 14
"""Runs behind the headline among which the account stands."""
_FOLLOWED = re.compile(r"(?:\0[\s+＋]{0,3}){0,3}\0[+＋\s]{0,3}(?:已?关注|订阅|關注|訂閱)(?:TA|我|他|她)?\0")
_KIND = re.compile(r"\0(?!.[字账帐编型版文证序期刊信符口]号)[\u3400-\u9fff]{2}号(?=\0)")
_OFFICIAL = re.compile(r"(?P<name>.{2,20}?)官方(?:账|帐)号$")
_SENT_IN = ("自媒体平台", "号用户", "号”用户", "号作者", "号”作者", "号平台", "号”平台", "作者最新文章", "TA的文章")
_BESIDE = 3
"""Runs before and behind the date."""


@frozen(kw_only=True)
class Account:
    name: str
    who: str
    sure: float


def account_of(
    head: Sequence[str], runs: str, *, state: Callable[[], State], own: Collection[str], credit: str | None
) -> Account | None:
    """``head``: the runs between headline and story; ``runs``: all of the page's, as ``surface_of`` joins them;
    ``own``: the site's names; ``credit``: what a label gives as source (on a platform that may be the account)."""
    near = tuple(cells(head[:_MOST_RUNS]))
    said = None if credit else state().account
    if said and said not in own and said in near:
        return Account(name=said, who="state", sure=0.9)
    for run in near:
        if (official := _OFFICIAL.fullmatch(run)) and official["name"] in near:
            return Account(name=official["name"], who="generic", sure=0.85)
    names = [run for run in near if may_name(run) and run not in own and not is_date(run)]
    for name in names:
        if _is_followed(name, runs) and not is_human(name):
            return Account(name=name, who="generic", sure=0.8)
    if not any(words in runs for words in _SENT_IN):
        return None
    candidates = [credit] if credit and credit in near else [*_beside_date(near), *names]
    for name in candidates:
        if not is_human(name):
            return Account(name=name, who="generic", sure=0.65)
    return None


def _is_followed(name: str, runs: str) -> bool:
    """Whether anywhere on the page a button to follow, or what kind of account it is, stands right behind the name."""
    told, at = f"\0{name}\0", runs.find(f"\0{name}\0")
    while at >= 0:
        end = at + len(told) - 1
        if _FOLLOWED.match(runs, end) or _KIND.match(simplified(runs[end : end + 12])):
            return True
        at = runs.find(told, end)
    return False


def _beside_date(near: Sequence[str]) -> Iterator[str]:
    for place, run in enumerate(near):
        if is_date(run):
            beside = [*reversed(near[max(0, place - _BESIDE + 1) : place]), *near[place + 1 : place + _BESIDE]]
            yield from (one for one in beside if may_name(one))
            return
