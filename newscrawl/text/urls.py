"""Addresses: made absolute, hosts compared. Whose article an address is, only a source can say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract

_BLANK = re.compile(r"[\x00-\x20\u3000\xa0]+")
_SLASHES = re.compile(r"/{2,}")
_PLAIN = re.compile(
    r"(?:(?:https?:)?//[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.?(?::(?:\d{1,4}|[1-5]\d{4}))?)?/(?!/)(?!.*/\.)[!$-;=?-~]*"
)
"""An address or a path from the root: no white space, no fragment, no dot segments, nothing to be worked out."""
_SURROGATE = re.compile("[\ud800-\udfff]")
"""What no address can be written with."""
_NO_HOST = re.compile(r"[\x00-\x20\x7f-\xa0\u3000\ud800-\udfff\"%<>\\^`{|}]|^\.|\.\.")
"""What no host name holds, be it written in any script."""
_ADDRESS = re.compile(r"[\d.]+|[\da-f:.]*:[\da-f:.]*")
"""An IP address in place of a host name."""
_FRONT = re.compile(r"^(?:www|m|wap|mobile|3g)\.(?=[^.]+\.)")


def absolute(base: str, href: str | None) -> str | None:
    """``href`` as found in the page at ``base``, made absolute, without its fragment.

    None where it leads to no page: empty, only a fragment, ``javascript:``, ``mailto:``, ``data:``, broken. White space
    within an address (old CMS templates break lines there) is dropped at the ends and encoded inside.
    """
    if href is None:
        return None
    if _PLAIN.fullmatch(href):
        if not href.startswith("/"):
            return href
        scheme, root = _root(base)
        if root:
            return scheme + href if href.startswith("//") else root + href
    text = _BLANK.sub(
        lambda gap: "" if "\n" in gap[0] or "\r" in gap[0] else "%20", href.strip("\x00\t\n\r \u3000\xa0")
    )
    if not text or text.startswith("#"):
        return None
    try:
        joined = urljoin(base, text)
        parts = urlsplit(joined)
        host, _ = parts.hostname, parts.port  # a port that is none is told when it is asked for
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or _NO_HOST.search(host) or _SURROGATE.search(joined):
        return None
    return urlunsplit(parts._replace(fragment=""))


@lru_cache(maxsize=256)
def _root(base: str) -> tuple[str, str]:
    """('https:', 'https://host') of a page's address; empty where it is none."""
    parts = split(base)
    return (f"{parts.scheme}:", f"{parts.scheme}://{parts.netloc}") if parts else ("", "")


def split(url: str) -> SplitResult | None:
    """The parts of an http(s) address, or None where it is none."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or _NO_HOST.search(host) or _SURROGATE.search(url):
        return None
    return parts


def host_of(url: str) -> str:
    """Host name in lower case, without port and closing dot; '' where there is none."""
    parts = split(url)
    return (parts.hostname or "").rstrip(".") if parts else ""


def site_of(url: str) -> str:
    """The host without ``www.``, ``m.``, ``wap.``: how a site is named that no source knows."""
    return _FRONT.sub("", host_of(url))


@lru_cache(maxsize=4096)
def domain_of(host: str) -> str:
    """The part of a host name that somebody registered (``news.example.co.uk`` -> ``example.co.uk``), by the list of
    public suffixes that comes with tldextract; of a host under none of them the last two names."""
    if found := _suffixes()(host).top_domain_under_public_suffix:
        return found
    return host if _ADDRESS.fullmatch(host) else ".".join(host.rsplit(".", 2)[-2:])


@cache
def _suffixes() -> TLDExtract:
    """Loaded and read once, when first asked; nothing is fetched and nothing written beside it."""
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def belongs(host: str, hosts: Iterable[str]) -> bool:
    """Is ``host`` one of ``hosts`` or a sub-domain of one? ``notchinanews.com`` is not under ``chinanews.com``."""
    return any(host == known or host.endswith("." + known) for known in hosts)


def clean_path(path: str) -> str:
    """A path with doubled slashes made single and ``;parameters`` dropped; '/' where it is empty."""
    path = path.partition(";")[0]
    return (_SLASHES.sub("/", path) if "//" in path else path) or "/"
