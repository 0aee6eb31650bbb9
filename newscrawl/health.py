"""Whether a source still reads as it used to: what its runs gave, held against its own history. Pure.

A fall is told from an odd page by four things together: it shows in at least a handful of articles, it is well under
what is usual, chance does not give it (a binomial tail), and it goes below everything that good runs of the last two
weeks gave in as many articles. The last one is for what comes in flocks: a night's weather reports without authors.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import exp, lgamma, log, log1p
from statistics import median

from attrs import frozen

from newscrawl.errors import Reason

HANDS = ("selector", "jsonld", "microdata", "meta", "state", "generic", "hint")
"""Who may answer for a field, the surest first (extract.chain); 'state' is data in the page's scripts, 'text' the
story's own dateline or byline."""
ANSWERED: Mapping[str, str] = {
    "headline": "headline",
    "subheadline": "subheadline",
    "authors": "authors",
    "credit": "credit",
    "published_at": "published",
    "body_text": "body",
}
"""Columns of the store whose answerer is known, and its name in ``answered_by``."""

ARTICLES, LOST, AGAIN = "articles", "lost", "again"
LACKS, BY, WEAKER = "lacks/", "by/", "weaker/"
NO_ARTICLE = frozenset(
    reason.value
    for reason in (Reason.NO_BODY, Reason.NO_HEADLINE, Reason.NOT_FOUND_PAGE, Reason.MOVED_HOME, Reason.UNREADABLE)
)
"""Rejections that a changed layout brings about; their number is a sample's LOST."""

MEMORY = timedelta(days=14)
"""How far back the history goes. A lasting change is the usual after half of it."""
RECENT = timedelta(hours=24)
"""How far back a run with few articles is helped out by those before it."""
SIZES = (5, 10, 20, 40, 80)
"""Articles. The run's own are judged, with as many older ones as these need."""
HISTORY = 20
"""Articles that have to be known, or nothing is usual yet."""
STEADY, DAYS = 0.95, 3
"""What is usually found less often than this is judged when so many days are known."""


@frozen(kw_only=True)
class Bar:
    """What makes few finds a fall."""

    articles: int
    """In at least so many."""
    part: float
    """Less than this part of what is usual."""
    chance: float
    """And less likely than this to come by chance."""


ALWAYS_THERE = Bar(articles=5, part=1 / 2, chance=1e-4)
OFTEN_MISSING = Bar(articles=20, part=1 / 4, chance=1e-6)
"""For what is not STEADY: it comes in flocks, which chance does not know."""
SURE = 0.98
"""What is always there is taken to be missing in one page of fifty: a single odd page is no alarm."""

LEAST_AGAIN = 3
QUIET_HOURS = timedelta(hours=2)
"""A listing behind a cache, or an editors' meeting, is quiet for less."""
QUIET_COUNT, QUIET_WEEKS = 10, 3
"""A source is busy that brought so many articles in the same hours of its weeks, and so many weeks have to be known."""

Sample = Mapping[str, int]


@frozen(kw_only=True)
class Run:
    """What a whole run gave."""

    at: datetime
    """When it began. Aware, UTC."""
    good: bool
    """It ended as 'done'."""
    sample: Sample
    """As store.events.Tally.sample, with LOST."""


@frozen(kw_only=True)
class Complaint:
    field: str
    """What it is about: a field of the article, 'pages' or 'news'. One complaint per field."""
    words: str
    shown_by: tuple[str, ...] = ()
    """Names in a sample; the pages counted there show what is wrong, those of the first name best."""


def sample_of(counted: Sample, rejected: Sample) -> Sample:
    """``counted`` (store.events.Tally.sample) with what ``rejected``, by reason, adds to it."""
    lost = sum(number for reason, number in rejected.items() if reason in NO_ARTICLE)
    return {**counted, LOST: lost} if lost else counted


# -- against the history -----------------------------------------------------------------------------------------------


def fallen(runs: Sequence[Run], now: datetime) -> tuple[Complaint, ...]:
    """What the newest of ``runs`` (newest first, of the last MEMORY) and those shortly before it give less often than
    is usual, or from a weaker hand. () where nothing was read in the last day, or too little is known."""
    runs = [run for run in runs if _pages(run.sample)[1]]
    if not runs or runs[0].at < now - RECENT:
        return ()
    recent: Counter[str] = Counter()
    for run in runs:
        if run.at >= now - RECENT:
            recent.update(run.sample)
    found: dict[str, Complaint] = {}
    for judged in (_judged_pages(runs, now), *_judged_fields(runs, now, recent), *_judged_hands(runs, now, recent)):
        if judged is not None:
            found.setdefault(judged.field, judged)
    return tuple(found.values())


def _judged_pages(runs: Sequence[Run], now: datetime) -> Complaint | None:
    if (fall := _fall(runs, [_pages(run.sample) for run in runs], now)) is None:
        return None
    words = f"an article is read from {fall.found} of {fall.of} pages, usually from {_percent(fall.usual)}"
    return Complaint(field="pages", words=words, shown_by=(LOST,))


def _judged_fields(runs: Sequence[Run], now: datetime, recent: Sample) -> Iterator[Complaint | None]:
    for field in _words_after(LACKS, recent):
        lacks = LACKS + field
        shares = [_filled(run.sample, lacks) for run in runs]
        if (fall := _fall(runs, shares, now)) is not None:
            words = f"{field} is found in {fall.found} of {fall.of} articles, usually in {_percent(fall.usual)}"
            yield Complaint(field=field, words=words, shown_by=(lacks,))


def _judged_hands(runs: Sequence[Run], now: datetime, recent: Sample) -> Iterator[Complaint | None]:
    for field in dict.fromkeys(name.partition("/")[0] for name in _words_after(BY, recent)):
        names = _names_of_hands(runs, field)
        usual = max(names, key=lambda name: sum(run.sample.get(name, 0) for run in runs))
        shares = [_answered(run.sample, usual, names) for run in runs]
        if (fall := _fall(runs, shares, now)) is None:
            continue
        answers = {name: sum(run.sample.get(name, 0) for run in runs[: fall.runs]) for name in names}
        today = max(answers, key=lambda name: answers[name])
        before, after = (name.rpartition("/")[2] for name in (usual, today))
        if before in HANDS and after in HANDS and HANDS.index(before) < HANDS.index(after):
            words = f"{field} is answered by {after} in {answers[today]} of {fall.of} articles, usually by {before}"
            yield Complaint(field=field, words=words, shown_by=(today,))


Share = tuple[int, int]
"""In how many articles, of how many."""


def _pages(sample: Sample) -> Share:
    articles = sample.get(ARTICLES, 0)
    return articles, articles + sample.get(LOST, 0)


def _filled(sample: Sample, lacks: str) -> Share:
    articles = sample.get(ARTICLES, 0)
    return articles - sample.get(lacks, 0), articles


def _answered(sample: Sample, usual: str, names: Iterable[str]) -> Share:
    return sample.get(usual, 0), sum(sample.get(name, 0) for name in names)


def _names_of_hands(runs: Iterable[Run], field: str) -> tuple[str, ...]:
    names = dict.fromkeys(name for run in runs for name in run.sample if name.startswith(f"{BY}{field}/"))
    return tuple(names)


@frozen(kw_only=True)
class _Fall:
    found: int
    of: int
    usual: float
    runs: int
    """How many runs, from the newest, it shows in."""


def _fall(runs: Sequence[Run], shares: Sequence[Share], now: datetime) -> _Fall | None:
    count = 0
    for size in SIZES:
        if (enough := _enough(runs, shares, size, now)) is None:
            return None
        if enough == count:
            continue
        count = enough
        found, of = _sum(shares[:count])
        if found >= ALWAYS_THERE.part * of:  # whatever is usual
            continue
        usual = _usual(runs[count:], shares[count:])
        if usual is None:
            return None
        bar = ALWAYS_THERE if usual >= STEADY else OFTEN_MISSING
        if of < bar.articles or found >= bar.part * usual * of or _tail(found, of, min(usual, SURE)) >= bar.chance:
            continue
        newest, of_newest = next(share for share in shares if share[1])
        if newest >= bar.part * usual * of_newest:  # it is mended
            return None
        good = [share for run, share in zip(runs[count:], shares[count:], strict=True) if run.good]
        lowest = _lowest(good, of)
        if lowest is None or found < lowest * of:
            return _Fall(found=found, of=of, usual=usual, runs=count)
    return None


def _enough(runs: Sequence[Run], shares: Sequence[Share], size: int, now: datetime) -> int | None:
    """How many runs, from the newest, hold ``size`` articles; None where those of the last day do not."""
    total = 0
    for count, (run, (_, of)) in enumerate(zip(runs, shares, strict=True), 1):
        if run.at < now - RECENT:
            return None
        total += of
        if total >= size:
            return count
    return None


def _usual(runs: Sequence[Run], shares: Sequence[Share]) -> float | None:
    """The median over days, so that one bad day among them is not the usual."""
    days: defaultdict[date, list[Share]] = defaultdict(list)
    for run, share in zip(runs, shares, strict=True):
        days[run.at.date()].append(share)
    sums = [_sum(day) for day in days.values()]
    rates = [found / of for found, of in sums if of >= SIZES[0]]
    if not rates or sum(of for _, of in sums) < HISTORY:
        return None
    usual = median(rates)
    return usual if usual >= STEADY or len(rates) >= DAYS else None


def _lowest(shares: Sequence[Share], size: int) -> float | None:
    """The least that any runs in a row gave which hold ``size`` articles together."""
    lowest, start, found, of = None, 0, 0, 0
    for has, number in shares:
        found, of = found + has, of + number
        while of - shares[start][1] >= size:
            found, of = found - shares[start][0], of - shares[start][1]
            start += 1
        if of >= size:
            lowest = found / of if lowest is None else min(lowest, found / of)
    return lowest


def _tail(found: int, of: int, rate: float) -> float:
    """The chance of ``found`` or fewer of ``of``, where each is found with ``rate``."""
    logs = (
        lgamma(of + 1) - lgamma(n + 1) - lgamma(of - n + 1) + n * log(rate) + (of - n) * log1p(-rate)
        for n in range(found + 1)
    )
    return sum(map(exp, logs))


def _sum(shares: Sequence[Share]) -> Share:
    return sum(found for found, _ in shares), sum(of for _, of in shares)


def _words_after(prefix: str, sample: Sample) -> list[str]:
    return sorted(name.removeprefix(prefix) for name in sample if name.startswith(prefix))


def _percent(rate: float) -> str:
    return f"{100 * rate:.0f} %"


# -- without it --------------------------------------------------------------------------------------------------------


def worse_again(sample: Sample) -> tuple[Complaint, ...]:
    """The fields that most of the articles read again in a run have lost, or have from a weaker hand: the same article
    read worse is a changed layout at once, whatever is usual."""
    again = sample.get(AGAIN, 0)
    complaints = []
    for column, field in ANSWERED.items():
        worse = sample.get(WEAKER + column, 0)
        if worse >= LEAST_AGAIN and worse * 2 > again:
            words = f"{field} is lost, or answered by a weaker hand, in {worse} of {again} articles read again"
            shown_by = (LACKS + field, *(f"{BY}{field}/{hand}" for hand in reversed(HANDS)))
            complaints.append(Complaint(field=field, words=words, shown_by=shown_by))
    return tuple(complaints)


def quiet(since: datetime, weeks: Sequence[int], now: datetime) -> Complaint | None:
    """A busy source that has brought nothing since ``since``. ``weeks``: how many articles the same hours of each of
    the last weeks brought, those left out in which nobody looked.

    A week's whole window counts, so that what was caught up after an outage falls into one of them at most.
    """
    if now - since < QUIET_HOURS or len(weeks) < QUIET_WEEKS or not min(weeks) or median(weeks) < QUIET_COUNT:
        return None
    usual = f"usually {median(weeks):.0f} by now on a {now:%A}"
    return Complaint(field="news", words=f"nothing new since {since:%Y-%m-%d %H:%M} UTC, {usual}")
