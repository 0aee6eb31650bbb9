"""What a publisher's file says of hosts, addresses and pages, checked where it is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import cssselect
from attrs import Attribute

from newscrawl.discover.declared import only_known, slip
from newscrawl.discover.listings import WAYS
from newscrawl.extract.page import NewsPage

if TYPE_CHECKING:
    from newscrawl.sources.base import Pattern

HOST = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
SLUG = re.compile(r"[a-z0-9][a-z0-9_]{0,63}")
"""Bounded, so that every file that is called by it can be."""


def is_slug(instance: object, attribute: Attribute[Any], value: str) -> None:
    if not isinstance(value, str) or not SLUG.fullmatch(value):
        raise slip(instance, attribute.name, value, "it should be the file's name: a-z, 0-9 and _ alone, 64 at most")
    if value in WAYS:
        raise slip(instance, attribute.name, value, "scrapy crawl has a spider for any site of that name")


def are_hosts(instance: object, attribute: Attribute[Any], value: tuple[str, ...]) -> None:
    """Host names alone, in lower case: compared with the host of an address."""
    if not value:
        raise slip(instance, attribute.name, value, "it should name a host; without one no address is the source's")
    for host in value:
        if not HOST.fullmatch(host):
            should = f"{host!r} is no host name: write it without scheme, port and path, in lower case"
            raise slip(instance, attribute.name, value, should)


def is_zone(instance: object, attribute: Attribute[Any], value: str) -> None:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # unknown; no zone's name; the name of a folder of zones
        raise slip(instance, attribute.name, value, "it should be an IANA zone, as Asia/Shanghai") from None


def regex(pattern: str | re.Pattern[str]) -> re.Pattern[str]:
    """A converter; full-width digits are no ``\\d``: one article would have several keys. What is no regular expression
    raises ValueError with the pattern and where it breaks: no field has a value yet that could be named."""
    written, flags = (pattern.pattern, pattern.flags) if isinstance(pattern, re.Pattern) else (pattern, re.NOFLAG)
    try:
        return re.compile(written, flags & ~re.UNICODE | re.ASCII)
    except (re.error, TypeError, ValueError) as error:  # ValueError: it asks for Unicode by (?u)
        raise ValueError(f"{pattern!r}, given as a path or host pattern, is no regular expression: {error}") from None


def fills_from_groups(instance: Pattern, attribute: Attribute[Any], value: str | None) -> None:
    """Every name in curly brackets is a named group of ``path`` or ``host``."""
    if value is not None:
        groups = {*instance.path.groupindex, *(instance.host.groupindex if instance.host else ())}
        only_known(instance, attribute.name, value, groups, "named group of path or host")


def is_page(instance: object, attribute: Attribute[Any], value: object) -> None:
    """A class of pages whose selectors stand in tuples and can be parsed."""
    if not (isinstance(value, type) and issubclass(value, NewsPage)):
        raise slip(instance, attribute.name, value, "it should be a class of pages: NewsPage or one made of it")
    for name in dir(value):
        if name.endswith("_css") or name == "page_bars":
            _check_selectors(f"{value.__name__}.{name}", getattr(value, name))
    for listed in value.related:
        asked = (listed.item, listed.link, listed.time, listed.summary)
        _check_selectors(f"{value.__name__}.related", tuple(css for css in asked if css is not None))


def _check_selectors(where: str, value: object) -> None:
    if not isinstance(value, tuple):
        raise ValueError(f"{where} is {value!r}: it should be a tuple of CSS selectors; one alone is written (it,)")
    for css in value:
        try:
            cssselect.parse(css)
        except (cssselect.SelectorError, TypeError) as error:
            raise ValueError(f"{where} has {css!r} in it: it is no CSS selector ({error})") from None
