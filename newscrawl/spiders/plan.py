"""What one run is asked to do: the spider's name and the ``-a`` arguments, checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from newscrawl.discover.listings import WAYS, Daily
from newscrawl.errors import BadOption
from newscrawl.fetch.project import Run
from newscrawl.outcome import Kind
from newscrawl.sources import Registry
from newscrawl.sources.site import Site
from newscrawl.sources.walked import Walked
from newscrawl.text.urls import absolute, clean_path, site_of, split


@frozen(kw_only=True)
class Plan:
    """An incremental run, unless ``url`` (one article) or ``since`` (a backfill) is given."""

    recheck_now: bool = False
    """Every article within the hours of rechecks is asked again."""

    url: str | None = None
    since: date | None = None
    until: date | None = None
    """Inclusive; set whenever ``since`` is."""
    limit: int | None = None
    """Stop after so many articles were read."""

    @classmethod
    def of(cls, arguments: Mapping[str, str], source: Walked, today: date) -> Plan:
        """Check the arguments of ``scrapy crawl SOURCE -a …``; :class:`BadOption` names the wrong one."""
        _check_names(arguments, ("url", "since", "until", "limit", "recheck"))
        url = arguments.get("url")
        if url and (len(arguments.keys() - {"limit"}) > 1):
            raise BadOption("-a url", "stands alone: it reads one article page")
        if url and source.address(url) is None:
            raise BadOption("-a url", f"{url} is no article address of {source.slug}")
        since, until = _day(arguments, "since"), _day(arguments, "until")
        if until and not since:
            raise BadOption("-a until", "needs -a since")
        if since:
            since, until = _days(source, since, until or today, today)
        if arguments.get("recheck") and since:
            raise BadOption("-a recheck", "is given as recheck=now, in an incremental run")
        return cls(url=url, since=since, until=until, limit=_limit(arguments), recheck_now=_recheck(arguments))

    @classmethod
    def of_start(cls, way: str, arguments: Mapping[str, str]) -> Plan:
        """Likewise of ``scrapy crawl feed|sitemap|listing -a url=…``, but for the address."""
        for name in ("since", "until"):
            if name in arguments:
                raise BadOption(f"-a {name}", f"is for sources that declare a dated archive; {way} has none")
        _check_names(arguments, ("url", "limit", "recheck"))
        return cls(limit=_limit(arguments), recheck_now=_recheck(arguments))

    @property
    def kind(self) -> str:
        """One of :class:`newscrawl.outcome.Kind`."""
        if self.since:
            return Kind.BACKFILL
        return Kind.PART if self.url or self.limit is not None else Kind.WHOLE

    def days(self) -> Iterator[date]:
        """The days of a backfill, newest first."""
        day = self.until
        while day and self.since and day >= self.since:
            yield day
            day -= timedelta(days=1)


def planned(name: str, arguments: Mapping[str, str], registry: Registry, now: datetime) -> tuple[Run, Plan]:
    """What the run of a spider is, and what it is asked to do: of a source, of any site from one address, or of one
    article of a site that no source knows (its host as the name). :class:`BadOption` names what is wrong."""
    if name in WAYS:
        plan, url = Plan.of_start(name, arguments), _start(name, arguments)
        return Run(name=_run_name(name, url), kind=plan.kind, source=_source_at(name, url, registry)), plan
    source: Walked = registry.get(name) if name in registry or "." not in name else _site(name, arguments, registry)
    plan = Plan.of(arguments, source, now.astimezone(ZoneInfo(source.zone or "UTC")).date())
    return Run(name=source.slug, kind=plan.kind, source=source), plan


def _site(host: str, arguments: Mapping[str, str], registry: Registry) -> Site:
    url = arguments.get("url", "")
    if not site_of(url) or site_of(url) != site_of(f"https://{host}/") or registry.for_url(url):
        raise BadOption(host, "is no source; of another site -a url=ADDRESS reads one article of that host")
    return Site(start=url, registry=registry)


def _start(way: str, arguments: Mapping[str, str]) -> str:
    """The start address, without its fragment."""
    given = arguments.get("url")
    if not given:
        raise BadOption("-a url", f"is missing: scrapy crawl {way} -a url=ADDRESS, where ADDRESS is {_WHAT[way]}")
    url = absolute("", given)
    parts = split(url) if url else None
    if url is None or parts is None or "@" in parts.netloc:
        raise BadOption("-a url", f"{given} is no address; write https://HOST/PATH, without a user")
    return url


_WHAT = {"feed": "an RSS or Atom feed", "sitemap": "a sitemap or an index of them", "listing": "a page of a section"}


def _run_name(way: str, url: str) -> str:
    """'feed:example.com/rss.xml': the same for http and https, with and without www. Many see it: what may be a secret
    in its query is a digest, by which two addresses are still told apart."""
    parts = split(url)
    assert parts is not None
    asked = "&".join(map(_shown, parts.query.split("&")))
    return f"{way}:{site_of(url)}{clean_path(parts.path)}{asked and f'?{asked}'}"


_SECRET = re.compile(r"(?i)key|token|auth|sig|secret|pass|pwd|sess|sid|code|user|mail")
_SAYABLE = re.compile(r"[A-Za-z_.-]{0,16}|\d{1,8}")


def _shown(part: str) -> str:
    """A parameter; its value where that is a short word or number and its name that of no secret, else a digest."""
    name, equals, value = part.rpartition("=") if "=" not in part else part.partition("=")
    if _SAYABLE.fullmatch(value) and not _SECRET.search(name):
        return part
    return f"{name}{equals}{blake2b(value.encode(), digest_size=4).hexdigest()}"


def _source_at(way: str, url: str, registry: Registry) -> Walked:
    """The known publisher whose host it is, else the site; both with that one listing."""
    listings = (WAYS[way](name=way, url=url),)
    known = registry.for_url(url)
    return evolve(known, listings=listings) if known else Site(start=url, listings=listings, registry=registry)


def daily_of(source: Walked) -> Daily | None:
    """The source's dated archive, where it has one."""
    return next((listing for listing in source.listings if isinstance(listing, Daily)), None)


def _days(source: Walked, since: date, until: date, today: date) -> tuple[date, date]:
    daily = daily_of(source)
    if daily is None:
        raise BadOption("-a since", f"{source.slug} has no dated archive")
    if since < daily.since:
        raise BadOption("-a since", f"the archive of {source.slug} begins on {daily.since}")
    if since > today:
        raise BadOption("-a since", f"{since} is in the future")
    if until < since:
        raise BadOption("-a until", f"{until} is before {since}")
    return since, min(until, today)


def _check_names(arguments: Mapping[str, str], known: tuple[str, ...]) -> None:
    for name in arguments:
        if name not in known:
            raise BadOption(f"-a {name}", f"is not known; use {', '.join(known[:-1])} or {known[-1]}")
    for name, value in arguments.items():
        if not value.strip():
            raise BadOption(f"-a {name}", "is empty")


def _recheck(arguments: Mapping[str, str]) -> bool:
    if arguments.get("recheck", "now") != "now":
        raise BadOption("-a recheck", "is given as recheck=now, in an incremental run")
    return "recheck" in arguments


def _day(arguments: Mapping[str, str], name: str) -> date | None:
    text = arguments.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadOption(f"-a {name}", f"{text!r} is no day; write it as 2025-11-19") from None


def _limit(arguments: Mapping[str, str]) -> int | None:
    text = arguments.get("limit")
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise BadOption("-a limit", f"{text!r} is no number from 1")
    return int(text)
