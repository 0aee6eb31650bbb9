"""What is learnt of a site while it is walked: pages of which shape of address were articles, and of which none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from newscrawl.discover.shapes import condemned, shape_of
from newscrawl.errors import Reason
from newscrawl.store.frontier import Frontier

NO_ARTICLE = frozenset(
    reason.value
    for reason in (
        *(Reason.LIST_PAGE, Reason.NO_BODY, Reason.NO_HEADLINE, Reason.NOT_HTML, Reason.UNREADABLE),
        *(Reason.VIDEO, Reason.PHOTOS, Reason.MOVED_HOME, Reason.NOT_FOUND_PAGE),
    )
)
"""What a page was rejected for that says something of its like. The others (a copy, a duplicate) do not."""
MOST = 5000
"""So many of a start address's last links tell of what was learnt in earlier runs."""
LAST = 12
"""So many of them of one shape: a bad hour is made up for by a few good pages."""
TRIED = 3
"""Pages of a condemned shape that a run asks all the same."""


class Learnt:
    """Grows during the run. ``shapes`` is what :mod:`newscrawl.discover.shapes` takes as experience."""

    def __init__(self, frontier: Frontier, run: str, *, vouched: bool = False) -> None:
        self.shapes: dict[str, tuple[int, int]] = {}
        self.vouched = vouched
        """The publisher says what its articles are (a feed, a sitemap of news): then no address is condemned."""
        self.refused = 0
        """Pages of this run that were no articles."""
        self.articles = 0
        """Pages of this run and of others that were."""
        self._frontier = frontier
        self._tried: Counter[str] = Counter()
        """By shape: pages asked in this run."""
        heard: Counter[str] = Counter()
        for url, reason in frontier.settled(run, MOST):
            if (shape := shape_of(url)) and heard[shape] < LAST:
                heard[shape] += self._learn(url, reason)
        if not self.articles:  # the site may have answered with a page that is none, whatever was asked
            self.shapes.clear()

    def hear(self, keys: Iterable[str]) -> None:
        """Of what a listing leads to: articles of it that other runs have stored. Asked only while none is known."""
        for url in () if self.articles else self._frontier.stored_among(keys):
            self._learn(url, None)

    def add(self, url: str, reason: str | None = None) -> None:
        """``reason`` is the word why the page at ``url`` was rejected in this run; None where it is an article."""
        self._learn(url, reason)
        self._tried[shape_of(url)] += 1
        self.refused += reason in NO_ARTICLE

    def _learn(self, url: str, reason: str | None) -> bool:
        """Whether it tells anything."""
        if reason is not None and reason not in NO_ARTICLE:
            return False
        shape = shape_of(url)
        good, bad = self.shapes.get(shape, (0, 0))
        self.shapes[shape] = (good, bad + 1) if reason else (good + 1, bad)
        self.articles += not reason
        return True

    def condemns(self, url: str) -> bool:
        """Whether pages like this one were asked and were no articles, some of them in this run."""
        if not self.is_condemned(url):
            return False
        self._tried[shape_of(url)] += 1
        return self._tried[shape_of(url)] > TRIED

    def is_condemned(self, url: str) -> bool:
        """Whether pages like this one were asked and were no articles."""
        return not self.vouched and condemned(url, self.shapes)

    def in_vain(self, pages: int) -> bool:
        """Whether at least so many pages of this run were no articles, and never one was."""
        return self.articles == 0 and self.refused >= pages
