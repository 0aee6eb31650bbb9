"""The address guard: only public addresses are connected to, whatever a name or a redirect says.

It stands where Twisted resolves host names for every new connection, literal addresses and their odd spellings (0x7f.1,
2130706433, fullwidth digits) included, and keeps nothing: a name that resolves to another address the second time is
checked a second time. Connections that go through a proxy would be resolved by the proxy; the download handler
refuses those.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any, Protocol

from attrs import frozen
from scrapy.settings import BaseSettings
from twisted.internet.address import IPv4Address as TxIPv4Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from newscrawl.fetch.failures import AddressRefused
from newscrawl.fetch.project import options_of

logger = logging.getLogger(__name__)

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: what a DNS64 resolver answers on a network without IPv4; the last 32 bits are the address meant."""
_NOT_PUBLIC: tuple[IPv4Network | IPv6Network, ...] = (
    IPv4Network("100.64.0.0/10"),  # shared address space of carriers (RFC 6598)
    IPv4Network("192.0.0.0/24"),  # protocol assignments (RFC 6890)
    IPv4Network("192.88.99.0/24"),  # 6to4 relays (RFC 7526)
    IPv4Network("240.0.0.0/4"),
    IPv6Network("2001::/32"),  # Teredo: an IPv4 address inside
    IPv6Network("2002::/16"),  # 6to4: an IPv4 address inside
)


def is_public(address: str) -> bool:
    """Whether an IP address (text; a zone id is no part of it) is one that the whole Internet can reach.

    ``ipaddress.is_global`` alone is not enough: it lets multicast, site-local and embedded IPv4 addresses pass. Text
    that is no address is not public.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip in _NAT64:
            return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip not in _GLOBAL_UNICAST:  # loopback, mapped, compatible, unique local, link-local, site-local, multicast
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NOT_PUBLIC)


@frozen
class Exceptions:
    """What NEWSCRAWL_ALLOW_PRIVATE_HOSTS names: hosts, by name, and networks or single addresses."""

    names: frozenset[str]
    networks: tuple[IPv4Network | IPv6Network, ...]

    @classmethod
    def of(cls, words: Iterable[str]) -> Exceptions:
        names, networks = set(), []
        for word in words:
            try:
                networks.append(ipaddress.ip_network(word, strict=False))
            except ValueError:
                names.add(_name(word))
        return cls(frozenset(names), tuple(networks))

    def allow(self, host: str, address: str) -> bool:
        """Whether ``host``, which resolved to ``address``, is named, or the address is."""
        if _name(host) in self.names:
            return True
        try:
            ip = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return any(ip in network for network in self.networks)


def _name(host: str) -> str:
    return host.lower().rstrip(".")


class _HasSettings(Protocol):
    settings: BaseSettings


@implementer(IHostnameResolver)
class AddressGuard:
    """TWISTED_DNS_RESOLVER: passes on the public addresses of a host and refuses the others.

    A host that has no other address is refused with :class:`~newscrawl.fetch.failures.AddressRefused` where Twisted
    would connect, so that it is not mistaken for a name that does not exist. ``refused`` counts such addresses.
    """

    def __init__(self, reactor: Any, exceptions: Exceptions, resolver: Any = None) -> None:
        # Any, here and below: to a type checker an interface of zope is no type that a class could have.
        self.reactor = reactor
        self.exceptions = exceptions
        self.refused = 0
        inner = resolver or reactor.nameResolver
        self.resolver: Any = inner.resolver if isinstance(inner, AddressGuard) else inner

    @classmethod
    def from_crawler(cls, crawler: _HasSettings, reactor: Any) -> AddressGuard:
        """Scrapy calls it with the crawler process: only its settings can be relied on."""
        return cls(reactor, Exceptions.of(options_of(crawler.settings).allow_private_hosts))

    def install_on_reactor(self) -> None:
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        receiver = _Sieve(self, resolutionReceiver, hostName)
        return self.resolver.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)

    def refusal(self, host: str, address: Any) -> AddressRefused | None:
        """Why ``address`` may not be connected to, or None."""
        text = str(getattr(address, "host", ""))
        if is_public(text) or self.exceptions.allow(host, text):
            return None
        self.refused += 1
        logger.warning("Refused: %s is at %s, which is not a public address", host, text or address)
        return AddressRefused(f"{host} is at {text or address}, which is not a public address")


def guard_reactor(reactor: Any, words: Iterable[str]) -> None:
    """Put the guard in place where nobody did: Scrapy installs TWISTED_DNS_RESOLVER for `scrapy crawl` and
    CrawlerProcess, not for CrawlerRunner."""
    if not isinstance(reactor.nameResolver, AddressGuard):
        AddressGuard(reactor, Exceptions.of(words)).install_on_reactor()


@implementer(IResolutionReceiver)
class _Sieve:
    def __init__(self, guard: AddressGuard, receiver: Any, host: str) -> None:
        self._guard = guard
        self._receiver = receiver
        self._host = host
        self._passed = False
        self._refusal: AddressRefused | None = None

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: N802, N803
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        refusal = self._guard.refusal(self._host, address)
        if refusal is None:
            self._passed = True
            self._receiver.addressResolved(address)
        else:
            self._refusal = refusal

    def resolutionComplete(self) -> None:  # noqa: N802
        if self._refusal is not None and not self._passed:
            self._receiver.addressResolved(_RefusedAddress(self._refusal))
        self._receiver.resolutionComplete()


@implementer(IAddress)
class _RefusedAddress(TxIPv4Address):
    """An address that cannot be connected to: to read its host raises the refusal, where an empty answer could only
    say that the name does not exist. It has to be an IPv4Address, or HostnameEndpoint would pass it over in silence."""

    def __init__(self, refusal: AddressRefused) -> None:
        self._refusal = refusal

    @property
    def host(self) -> str:  # type: ignore[override]
        raise self._refusal
