"""NEWSCRAWL_PING_URL: tells a watchman how a run ended. It blocks: after the reactor only."""

from __future__ import annotations

import logging
from http.client import HTTPException
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import Request, urlopen

logger = logging.getLogger(__name__)

SECONDS = 10.0
"""How long an answer is waited for, name look-up included."""
TRIES = 2


def ping(url: str, words: str, *, good: bool, user_agent: str) -> None:
    """Ask ``url``; where the run was not ``good``, send ``words`` to ``url``/fail instead.

    A watchman that cannot be reached costs a warning, and at most twenty seconds: nothing is raised. The path of the
    address is a secret with some of them, so only its host is logged.
    """
    parts = urlsplit(url)
    address = url if good else urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/fail"))
    request = Request(  # noqa: S310  http or https: options.py
        address, data=None if good else words.encode(), headers={"User-Agent": user_agent}
    )
    if not good:
        request.add_header("Content-Type", "text/plain; charset=utf-8")
    problem: str | None = None
    for _ in range(TRIES):
        problem = _bounded(request)
        if problem is None:
            return
    logger.warning("NEWSCRAWL_PING_URL: %s was not told how the run ended (%s)", parts.hostname, problem)


def _bounded(request: Request) -> str | None:
    """What went wrong, in words; None where it was heard. A socket's timeout bounds neither the name look-up nor an
    answer that drips, so another thread waits, and is left behind where that takes too long."""
    said: list[str | None] = []
    asking = Thread(target=lambda: said.append(_asked(request)), daemon=True)
    asking.start()
    asking.join(SECONDS)
    return said[0] if said else f"no answer within {SECONDS:.0f} seconds"


def _asked(request: Request) -> str | None:
    try:
        with urlopen(request, timeout=SECONDS):  # noqa: S310
            return None
    except HTTPError as error:
        error.close()
        return f"HTTP {error.code}"
    except (OSError, HTTPException, ValueError) as error:  # ValueError: a redirect to what is no address
        return str(getattr(error, "reason", error)) or type(error).__name__
