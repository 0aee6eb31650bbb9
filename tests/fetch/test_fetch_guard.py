"""Only public addresses are connected to, however they are spelt and whatever a name says the second time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.interfaces import IHostnameResolver
from twisted.internet.protocol import Factory
from twisted.internet.testing import MemoryReactorClock
from wire_probe import Crawled, crawl
from wire_server import WireServer, page, raw, redirect
from zope.interface import implementer

from newscrawl.fetch.failures import AddressRefused
from newscrawl.fetch.guard import AddressGuard, Exceptions, guard_reactor, is_public

PUBLIC = ("1.1.1.1", "110.242.68.3", "2400:3200::1", "2606:4700:4700::1111", "64:ff9b::101:101")
NOT_PUBLIC = (
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.9", "192.0.2.1", "192.88.99.1", "198.18.0.1"),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:1.1.1.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1"),
    *("64:ff9b::a00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:101:101::", "2001:0:7f00:1::", "2001:db8::1"),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "ff0e::1", "100::1"),
    *("", "localhost", "1.1.1", "1.1.1.1.1"),
)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("words", "host", "address"),
    [
        (["127.0.0.1"], "127.0.0.1", "127.0.0.1"),
        (["127.0.0.1"], "localhost", "127.0.0.1"),
        (["10.0.0.0/8"], "mirror.example", "10.1.2.3"),
        (["10.1.2.3/8"], "mirror.example", "10.9.9.9"),
        (["fd00::/8"], "mirror.example", "fd12::1"),
        (["fe80::/10"], "mirror.example", "fe80::1%eth0"),
        (["Mirror.Example"], "mirror.example.", "192.168.0.9"),
    ],
)
def test_what_the_operator_names_is_allowed(words: list[str], host: str, address: str) -> None:
    assert Exceptions.of(words).allow(host, address)


@pytest.mark.parametrize(
    ("words", "host", "address"),
    [
        ([], "127.0.0.1", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "127.0.0.2"),
        (["10.0.0.0/8"], "mirror.example", "::ffff:10.0.0.1"),
        (["mirror.example"], "www.mirror.example", "10.0.0.1"),
        (["mirror.example"], "notmirror.example", "10.0.0.1"),
    ],
)
def test_what_nobody_named_is_not(words: list[str], host: str, address: str) -> None:
    assert not Exceptions.of(words).allow(host, address)


# -- the guard where Twisted connects ------------------------------------------------------------------------------


@implementer(IHostnameResolver)
class Names:
    """Answers each question with the next list of addresses."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    def resolveHostName(self, receiver: Any, host: str, port: int = 0, *_: Any) -> Any:  # noqa: N802
        receiver.resolutionBegan(self)
        for address in self.answers.pop(0):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return self


class Reactor(MemoryReactorClock):
    """A reactor that connects to nothing and tells what was to be connected to."""

    def __init__(self, names: Names, words: Sequence[str] = ()) -> None:
        super().__init__()
        self.installNameResolver(names)
        guard_reactor(self, words)

    def connect(self, host: str) -> tuple[list[str], BaseException | None]:
        """The addresses a new connection to ``host`` goes to at first, and what it fails with at once."""
        before = len(self.tcpClients)
        failures: list[Any] = []
        HostnameEndpoint(self, host, 80).connect(Factory()).addErrback(failures.append)
        return [client[0] for client in self.tcpClients[before:]], failures[0].value if failures else None


def test_a_name_that_resolves_to_loopback_the_second_time_gains_nothing() -> None:
    """DNS rebinding: every connection asks anew, and every answer is checked."""
    reactor = Reactor(Names(["1.1.1.1"], ["127.0.0.1"], ["1.1.1.1"]))
    assert reactor.connect("rebind.example") == (["1.1.1.1"], None)
    addresses, problem = reactor.connect("rebind.example")
    assert addresses == []
    assert isinstance(problem, AddressRefused)
    assert "rebind.example is at 127.0.0.1" in str(problem)
    assert reactor.connect("rebind.example") == (["1.1.1.1"], None)
    assert reactor.nameResolver.refused == 1


def test_of_mixed_addresses_only_the_public_ones_are_passed_on() -> None:
    reactor = Reactor(Names(["127.0.0.1", "::1", "1.1.1.1", "10.0.0.1"]))
    assert reactor.connect("mixed.example") == (["1.1.1.1"], None)
    assert reactor.nameResolver.refused == 3


def test_a_dead_name_is_no_refusal() -> None:
    addresses, problem = Reactor(Names([])).connect("dead.example")
    assert addresses == []
    assert not isinstance(problem, AddressRefused)
    assert "no results for hostname lookup" in str(problem)


def test_a_named_host_is_connected_to() -> None:
    assert Reactor(Names(["10.0.0.1"]), ["mirror.example"]).connect("mirror.example") == (["10.0.0.1"], None)


def test_a_guard_is_put_in_place_once_and_never_behind_another() -> None:
    """A second layer with other exceptions would refuse what the operator allowed."""
    names = Names()
    reactor = Reactor(names)
    first = reactor.nameResolver
    guard_reactor(reactor, ["10.0.0.0/8"])
    assert reactor.nameResolver is first
    AddressGuard(reactor, Exceptions.of([])).install_on_reactor()
    assert reactor.nameResolver is not first
    assert reactor.nameResolver.resolver is names


# -- through real Scrapy -------------------------------------------------------------------------------------------

ALLOWED = "127.0.0.3"
SPELLINGS = (
    *("127.0.0.1", "[::1]", "0x7f000001", "2130706433", "127.1", "0177.0.0.1", "0", "0.0.0.0", "localhost"),
    *("１２７.０.０.１", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "127.0.0.2"),
)


@pytest.fixture(scope="module")
def server() -> Iterator[WireServer]:
    """On 0.0.0.0, so that whatever is connected to on this machine is seen."""
    with WireServer({"/robots.txt": page(b""), "/page": page()}, host="0.0.0.0") as server:
        yield server


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, server: WireServer) -> Crawled:
    port = server.port
    server.answers |= {f"/to/{number}": redirect(f"http://{host}:{port}/page") for number, host in enumerate(SPELLINGS)}
    server.answers["/to/file"] = redirect("file:///etc/hostname")
    origin = f"http://{ALLOWED}:{port}"
    urls = [f"http://{host}:{port}/page?direct" for host in SPELLINGS]
    urls += [f"{origin}/to/{number}" for number in range(len(SPELLINGS))]
    urls += [f"{origin}/page", f"{origin}/to/file", "http://nobody.invalid/", "file:///etc/hostname"]
    urls += ["data:text/html,hello", "ftp://127.0.0.1/x", "s3://bucket/x"]
    settings = {"NEWSCRAWL_ALLOW_PRIVATE_HOSTS": ALLOWED, "RETRY_TIMES": 1, "CONCURRENT_REQUESTS": 50}
    return crawl(tmp_path_factory.mktemp("guard"), urls, settings)


def test_the_allowed_address_is_fetched(server: WireServer, crawled: Crawled) -> None:
    assert crawled.status(f"http://{ALLOWED}:{server.port}/page") == 200


@pytest.mark.parametrize("host", SPELLINGS)
def test_an_address_of_this_machine_is_refused_however_it_is_spelt(
    server: WireServer, crawled: Crawled, host: str
) -> None:
    assert crawled.word(f"http://{host}:{server.port}/page?direct") == "address_refused"


@pytest.mark.parametrize("number", range(len(SPELLINGS)), ids=SPELLINGS)
def test_a_redirect_to_it_is_refused(server: WireServer, crawled: Crawled, number: int) -> None:
    assert crawled.word(f"http://{ALLOWED}:{server.port}/to/{number}") == "address_refused"


def test_the_server_was_asked_under_the_allowed_address_alone(server: WireServer, crawled: Crawled) -> None:
    hosts = {line for _, _, lines in server.asked for line in lines if line.startswith("Host:")}
    assert hosts == {f"Host: {ALLOWED}:{server.port}"}
    assert crawled.connects > 0


def test_nothing_that_is_asked_is_taken_for_a_bug(crawled: Crawled) -> None:
    assert crawled.bugs() == {}


def test_refusals_are_counted_and_not_retried_and_a_dead_name_is_told_apart(crawled: Crawled) -> None:
    assert crawled.word("http://nobody.invalid/") == "robots_dns"
    assert crawled.stats["newscrawl/refused/address_refused"] >= 2 * len(SPELLINGS)
    assert not any("AddressRefused" in name for name in crawled.stats if name.startswith("retry/"))
    assert crawled.stats["finish_reason"] == "finished"


@pytest.mark.parametrize("url", ["file:///etc/hostname", "data:text/html,hello", "ftp://127.0.0.1/x", "s3://bucket/x"])
def test_only_http_and_https_are_asked(crawled: Crawled, url: str) -> None:
    assert crawled.word(url) == "scheme"


def test_a_redirect_to_a_file_leads_nowhere(server: WireServer, crawled: Crawled) -> None:
    got = crawled.got[f"http://{ALLOWED}:{server.port}/to/file"]
    assert got.get("status") in (None, 302)
    assert not got.get("url", "").startswith("file")


@pytest.mark.parametrize("second", ["127.0.0.2", "10.0.0.1", ALLOWED], ids=["refused", "refused, private", "allowed"])
def test_a_name_that_moves_to_a_private_address_is_refused_at_the_next_connection(tmp_path: Path, second: str) -> None:
    """DNS rebinding: robots.txt and the first page are fetched where the name first is; each answer ends its
    connection, so the second page asks for the name again. The server is on every address of this machine."""
    closing = {path: raw(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n") for path in ("/1", "/2")}
    closing["/robots.txt"] = closing["/1"]
    settings = {"NEWSCRAWL_ALLOW_PRIVATE_HOSTS": ALLOWED, "CONCURRENT_REQUESTS": 1}
    with WireServer(closing, host="0.0.0.0") as server:
        urls = [f"http://rebind.example:{server.port}/{number}" for number in (1, 2)]
        crawled = crawl(tmp_path, urls, settings, names={"rebind.example": [ALLOWED, ALLOWED, second]})
    assert crawled.status(urls[0]) == 200
    if second == ALLOWED:
        assert crawled.status(urls[1]) == 200
        assert server.paths() == ["/robots.txt", "/1", "/2"]
    else:
        assert crawled.word(urls[1]) == "address_refused"
        assert server.paths() == ["/robots.txt", "/1"]
        assert crawled.stats["newscrawl/refused/address_refused"] == 1


def test_a_proxy_is_refused(tmp_path: Path) -> None:
    """It would resolve the names itself; the environment's is not looked at, one in meta is refused."""
    with WireServer({"/robots.txt": page(b""), "/page": page()}) as server:
        crawled = crawl(tmp_path, [server.url("/page")], {"PROBE_PROXY": "http://127.0.0.1:9"})
    assert crawled.word(server.url("/page")) == "address_refused"
    assert server.paths() == ["/robots.txt"]
