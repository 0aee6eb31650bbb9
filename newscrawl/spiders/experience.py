"""What is learnt of a site while it is walked: pages of which shape of address were articles, and of which none."""

from __future__ import annotations

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


class Learnt:
    """Grows during the run. ``shapes`` is what :mod:`newscrawl.discover.shapes` takes as experience."""

    def __init__(self, frontier: Frontier, run: str, *, vouched: bool = False) -> None:
        self.shapes: dict[str, tuple[int, int]] = {}
        self.vouched = vouched
        """The publisher says what its articles are (a feed, a sitemap of news): then no address is condemned."""
        for url, reason in frontier.settled(run, MOST):
            self.add(url, reason)

    def add(self, url: str, reason: str | None = None) -> None:
        """``reason`` is the word why the page at ``url`` was rejected; None where it is an article."""
        if reason is not None and reason not in NO_ARTICLE:
            return
        shape = shape_of(url)
        good, bad = self.shapes.get(shape, (0, 0))
        self.shapes[shape] = (good, bad + 1) if reason else (good + 1, bad)

    def condemns(self, url: str) -> bool:
        """Whether pages like this one were asked and were no articles."""
        return not self.vouched and condemned(url, self.shapes)
