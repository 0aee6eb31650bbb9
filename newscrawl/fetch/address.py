"""Addresses that cannot be connected to, told before Twisted (which has a bare ValueError for them) or a resolver's
thread (which leaves the request to its timeout) stumbles over them.

Whether an address may be asked is the guard's question; here it is only whether it is one.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address

from scrapy import Request
from scrapy.utils.httpobj import urlparse_cached

_HOST = re.compile(r"[A-Za-z0-9._-]+")
"""What Scrapy lets through to Twisted as a name: letters, digits, hyphens and the underscore that some names have."""


def fault(request: Request) -> str | None:
    """What is wrong with an http(s) request's address: a host that is no name and no IP address, a user name in it,
    anything that is not ASCII (a name that has no IDNA form stays as it was written). None where nothing is.

    Brackets and ports that cannot be are turned away by Request itself, with a ValueError.
    """
    if not request.url.isascii():
        return "is not ASCII"
    parts = urlparse_cached(request)
    host = parts.hostname or ""
    if "@" in parts.netloc:
        return "names a user"
    try:
        if ":" in host:
            IPv6Address(host)
        else:
            host.encode("idna")  # as getaddrinfo does: no empty label, none over 63 octets
    except ValueError as error:
        return f"has no good host ({error})"
    return None if ":" in host or _HOST.fullmatch(host) else f"has no good host ({host!r})"
