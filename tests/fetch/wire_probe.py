"""A crawl through real Scrapy in a process of its own: asks a list of addresses, tells what came of each."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs

ALONE: dict[str, Any] = {
    "SPIDER_MODULES": [],
    "SPIDER_LOADER_CLASS": "scrapy.spiderloader.SpiderLoader",
    "EXTENSIONS": {},
    "ITEM_PIPELINES": {},
    "LOG_FORMATTER": "scrapy.logformatter.LogFormatter",
}
"""The project's settings with nothing around the wire."""
QUICK: dict[str, Any] = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_TIMES": 1,
    "DOWNLOAD_TIMEOUT": 2,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "NEWSCRAWL_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
    "NEWSCRAWL_ARCHIVE": "",
}


@attrs.frozen(kw_only=True)
class Crawled:
    """``got``: what the callback or errback of each asked address saw, by that address."""

    got: dict[str, dict[str, Any]]
    stats: dict[str, Any]
    connects: int
    """Calls of socket.connect."""
    grown: int
    """Bytes by which peak memory went over what the process had when Scrapy was set up."""
    log: str
    code: int

    def word(self, url: str) -> str | None:
        """Why an address brought nothing."""
        return self.got[url].get("word")

    def status(self, url: str) -> int | None:
        return self.got[url].get("status")

    def bugs(self) -> dict[str, str]:
        """The class of what came instead of a page, where newscrawl takes it for a bug of its own."""
        return {url: got["class"] for url, got in self.got.items() if got.get("bug")}


def crawl(
    folder: Path,
    urls: list[str],
    settings: dict[str, Any] | None = None,
    *,
    names: dict[str, list[str]] | None = None,
    file_limit: int = 0,
    timeout: float = 60,
) -> Crawled:
    """``names``: what a host name resolves to the first time, the second time, ... (below whatever newscrawl puts
    above). ``file_limit``: no file may grow over so many bytes, as on a full disk."""
    folder.mkdir(exist_ok=True)
    plan = {
        "urls": urls,
        "settings": QUICK | (settings or {}),
        "names": names or {},
        "file_limit": file_limit,
        "out": str(folder / "out"),
    }
    env = {key: value for key, value in os.environ.items() if not key.startswith("NEWSCRAWL_")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-W", "ignore::ImportWarning", __file__],
        input=json.dumps(plan),
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    told = json.loads((folder / "out").read_text()) if (folder / "out").exists() else {"got": {}, "stats": {}}
    return Crawled(
        got=told["got"],
        stats=told["stats"],
        connects=told.get("connects", 0),
        grown=told.get("grown", 0),
        log=done.stderr + done.stdout,
        code=done.returncode,
    )


def rename(names: dict[str, list[str]]) -> None:
    """Put a resolver in place that answers for ``names``, an address a question, before Scrapy puts the guard above."""
    from twisted.internet import reactor
    from twisted.internet.address import IPv4Address
    from twisted.internet.interfaces import IHostnameResolver
    from zope.interface import implementer

    @implementer(IHostnameResolver)
    class Renaming:
        def __init__(self, inner: Any) -> None:
            self.inner = inner

        def resolveHostName(self, receiver: Any, host: str, port: int = 0, *more: Any) -> Any:  # noqa: N802
            if host not in names:
                return self.inner.resolveHostName(receiver, host, port, *more)
            receiver.resolutionBegan(self)
            receiver.addressResolved(IPv4Address("TCP", names[host].pop(0), port))
            receiver.resolutionComplete()
            return self

    reactor.installNameResolver(Renaming(reactor.nameResolver))


def main() -> None:
    plan = json.load(sys.stdin)
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from newscrawl.fetch.failures import failure_word, is_bug

    got: dict[str, dict[str, Any]] = {}
    connects = 0

    def audit(event: str, args: tuple[Any, ...]) -> None:
        nonlocal connects
        connects += event == "socket.connect"

    class Probe(Spider):
        name = "probe"

        async def start(self) -> Any:
            for url in plan["urls"]:
                about = {"asked": url}
                proxy = {"proxy": self.settings["PROBE_PROXY"]} if self.settings["PROBE_PROXY"] else {}
                yield Request(
                    url, callback=self.answered, errback=self.failed, dont_filter=True, cb_kwargs=about, meta=proxy
                )

        def answered(self, response: Any, asked: str) -> None:
            capture = response.meta.get("capture")
            got[asked] = {
                "url": response.url,
                "status": response.status,
                "headers": [
                    [name.decode(), value.decode("latin-1")]
                    for name, values in response.headers.items()
                    for value in values
                ],
                "length": len(response.body),
                "sha1": hashlib.sha1(response.body).hexdigest(),
                "kind": type(response).__name__,
                "flags": response.flags,
                "fetched_at": str(response.meta.get("fetched_at")),
                "capture": [capture.url, capture.file, capture.offset, capture.length] if capture else None,
            }

        def failed(self, failure: Any) -> None:
            asked = failure.request.cb_kwargs["asked"]
            got[asked] = {
                "word": failure_word(failure),
                "class": type(failure.value).__name__,
                "bug": is_bug(failure),
            }
            if hasattr(failure.value, "response"):
                got[asked]["status"] = failure.value.response.status

    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    settings.setdict(ALONE | plan["settings"], priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    if plan["names"]:
        rename(plan["names"])
    crawler = process.create_crawler(Probe)
    process.crawl(crawler)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.addaudithook(audit)
    if plan["file_limit"]:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (plan["file_limit"], resource.RLIM_INFINITY))
    process.start()
    if plan["file_limit"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    told = {
        "got": got,
        "stats": crawler.stats.get_stats() if crawler._stats else {},
        "connects": connects,
        "grown": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024,
    }
    Path(plan["out"]).write_text(json.dumps(told, default=str))
    sys.exit(process.bootstrap_failed)


if __name__ == "__main__":
    main()
