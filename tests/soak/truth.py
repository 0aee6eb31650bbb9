"""What a store should know of the living newsroom after each run, worked out from the documented rules alone.

It shares the newsroom's plan with the server and nothing with newscrawl: the schedule is written here once more, as the
contract and docs/store.md have it. :meth:`Truth.run` is told when a run is made and says which article pages it asks;
afterwards :attr:`Truth.known` is what should be stored.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from attrs import Factory, define, evolve, frozen
from living import Newsroom
from stories import Story

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
BACKOFF = (5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, DAY, 3 * DAY)
FIRST_CHECK, LEAST_WAIT, RECHECKED = HOUR, 30 * MINUTE, 48 * HOUR
GONE_APART, GONE_CHECK, GONE_FOR_GOOD = 2 * HOUR, 6 * HOUR, 14 * DAY
TRUSTED = HOUR
"""How long a listing's server is believed that nothing has changed."""


@frozen(kw_only=True)
class Reading:
    """What is read of a page; ``*_by`` is who answered."""

    headline: str
    body: str
    credit: str | None
    correction: str | None
    credit_by: str | None
    body_by: str

    @property
    def words(self) -> tuple[str | None, ...]:
        return self.headline, self.body, self.credit, self.correction


@define(kw_only=True)
class Known:
    """A link and its article."""

    story: Story
    state: str = "open"
    """open, stored, gone, rejected, given_up"""
    lane: str = ""
    attempts: int = 0
    due: datetime | None = None
    kept: datetime | None = None
    gone: datetime | None = None
    told: str | None = None
    """The ETag or Last-Modified that came with the page which was read last."""
    page: Reading | None = None
    """What the page that was read last says to a source's file which knows its layout."""
    revisions: list[Reading] = Factory(list)
    hidden: bool = False

    @property
    def until(self) -> datetime:
        return self.story.published + RECHECKED

    def next_check(self, now: datetime) -> datetime | None:
        """One hour after it was first stored, two, four, …; none after 48 hours from publication."""
        assert self.kept is not None
        age = FIRST_CHECK
        while self.kept + age < now + LEAST_WAIT:
            age *= 2
        return self.kept + age if self.kept + age <= self.until else None

    def read(self, now: datetime) -> None:
        self.kept = self.kept or now
        self.state, self.attempts, self.gone, self.lane = "stored", 0, None, ""
        self.due = self.next_check(now)

    def failed(self, now: datetime) -> None:
        self.lane = ""
        wait = BACKOFF[min(self.attempts, len(BACKOFF) - 1)]
        self.attempts += 1
        if self.state == "open":
            given_up = self.attempts > len(BACKOFF)
            self.state, self.due = ("given_up", None) if given_up else ("open", now + wait)
            return
        until = self.gone + GONE_FOR_GOOD if self.gone else self.until
        self.due = now + wait if now + wait <= until else None

    def not_there(self, now: datetime) -> bool:
        """Whether that hides it."""
        self.attempts = 0
        if self.state == "gone":
            assert self.gone is not None
            self.due = now + max(GONE_CHECK, now - self.gone)
            return False
        self.gone = self.gone or now
        if now - self.gone < GONE_APART:
            self.due = self.gone + GONE_APART
            return False
        self.state, self.hidden, self.due = "gone", True, now + GONE_CHECK
        return True


@define(kw_only=True)
class Run:
    """What a run should do."""

    asked: Counter[str] = Factory(Counter)
    """Requests of article pages, by path."""
    changes: Counter[tuple[str, str]] = Factory(Counter)
    """(kind, key)"""
    reachable: bool = True
    again: int = 0
    vanished: list[Known] = Factory(list)
    outage: bool = False


@define(kw_only=True)
class Truth:
    newsroom: Newsroom
    known: dict[str, Known] = Factory(dict)
    feed_read: datetime | None = None
    ground: set[str] = Factory(set)

    def run(self, now: datetime, *, mended: bool = False) -> Run:
        """An incremental run at ``now``."""
        run = Run(reachable=not self.newsroom.trouble(now))
        open_ones = self._due(now, "open")
        for known in open_ones:
            self._ask(known, now, run, mended)
        for known in self._found(now) if run.reachable else ():
            self._ask(known, now, run, mended)
        again = [*self._due(now, "stored"), *self._due(now, "gone")]
        again = [known for known in again if known.until > now or known.gone is not None]
        run.again = sum(known.state == "stored" for known in again)
        for known in again:
            self._ask(known, now, run, mended)
        run.outage = len(run.vanished) > 3 and len(run.vanished) * 5 > run.again
        for known in run.vanished:
            if run.outage:
                known.failed(now)
            elif known.not_there(now):
                run.changes["withdrawn", known.story.key] += 1
        return run

    def backfill(self, stories: list[Story], now: datetime, *, mended: bool = False) -> Run:
        """A backfill of days whose archive has ``stories``."""
        run = Run()
        new = [self._find(story, "backfill") for story in stories if story.key not in self.known]
        for known in [*self._due(now, "open", lane="backfill"), *new]:
            self._ask(known, now, run, mended)
        return run

    def reread(self) -> Counter[tuple[str, str]]:
        """The archived pages are read again by a mended file: the changes."""
        changes: Counter[tuple[str, str]] = Counter()
        for key, known in self.stored().items():
            assert known.page is not None
            if known.page.words != known.revisions[-1].words:
                known.revisions.append(known.page)
                changes.update([("revised", key)] if not known.hidden else [])
        return changes

    def shown(self) -> dict[str, Known]:
        return {key: known for key, known in self.known.items() if known.revisions and not known.hidden}

    def stored(self) -> dict[str, Known]:
        return {key: known for key, known in self.known.items() if known.revisions}

    # -- what is asked -----------------------------------------------------------------------------------------------

    def _due(self, now: datetime, state: str, lane: str = "") -> list[Known]:
        return [
            known
            for known in self.known.values()
            if known.state == state and known.lane == lane and known.due is not None and known.due <= now
        ]

    def _found(self, now: datetime) -> list[Known]:
        """New links of the list, which is walked to the first page that holds nothing but what an earlier walk met, of
        the channel, and of the feed; the feed's ETag never changes, so it is not read when it is asked with it."""
        found = {story.key: story for story in self.newsroom.channel(now)}
        for page in self.newsroom.pages(now):
            met = {story.key: story for story in page}
            found |= met
            if met.keys() <= self.ground:
                break
            self.ground |= met.keys()
        if self.feed_read is None or now - self.feed_read >= TRUSTED:
            self.feed_read = now
            found |= {story.key: story for story in self.newsroom.fed(now)}
        for key in found.keys() & self.known.keys():
            self.known[key].lane = ""
        return [self._find(story) for key, story in found.items() if key not in self.known]

    def _find(self, story: Story, lane: str = "") -> Known:
        known = self.known[story.key] = Known(story=story, lane=lane)
        return known

    def _ask(self, known: Known, now: datetime, run: Run, mended: bool) -> None:
        story, trouble = known.story, self.newsroom.trouble(now)
        if story.forbidden or trouble in ("refusing", "hanging up"):  # robots.txt forbids, or cannot be had
            known.failed(now)
            return
        run.asked[story.path()] += 1
        if trouble:
            known.failed(now)
        elif story.is_away(now):
            if known.state == "open":
                known.failed(now)
            elif known.state == "gone":
                known.not_there(now)
            else:
                run.vanished.append(known)
        elif known.told is not None and self._validator(story, now) == known.told and self._believed(known, now):
            known.read(now)
        else:
            run.asked.update(story.path(page) for page in range(2, story.pages + 1))
            known.told = self._validator(story, now)
            self._read(known, now, run, mended)

    def _validator(self, story: Story, now: datetime) -> str | None:
        modified = self.newsroom.last_modified(story, now)
        return self.newsroom.etag(story, now) or (modified.isoformat() if modified else None)

    def _believed(self, known: Known, now: datetime) -> bool:
        """Whether it is asked with what its page said of itself: not for the last time, nor where it had vanished."""
        return known.state == "stored" and known.gone is None and known.next_check(now) is not None

    # -- what is read ------------------------------------------------------------------------------------------------

    def reading(self, story: Story, now: datetime, *, mended: bool) -> Reading:
        text = story.text(story.version(now))
        knows_layout = mended or now < self.newsroom.new_layout_at
        return Reading(
            headline=text.headline,
            body=text.body,
            credit=story.outlet if knows_layout else None,
            correction=text.correction,
            credit_by="selector" if knows_layout else None,
            body_by="selector" if knows_layout else "generic",
        )

    def _read(self, known: Known, now: datetime, run: Run, mended: bool) -> None:
        new = self.reading(known.story, now, mended=mended)
        key, was_hidden = known.story.key, known.hidden
        known.page = self.reading(known.story, now, mended=True)
        if not known.revisions:
            if self._has_text(new.body):
                known.state, known.due, known.attempts, known.lane = "rejected", None, 0, ""
                return
            known.revisions.append(new)
            run.changes["added", key] += 1
        else:
            believed = _without_doubts(known.revisions[-1], new)
            if believed != new:  # what was held back is to be read again: the page is asked in full next time
                known.told = None
            new = believed
            revised = new.words != known.revisions[-1].words
            if revised:
                known.revisions.append(new)
            if revised or was_hidden:
                run.changes["restored" if was_hidden else "revised", key] += 1
        known.hidden = False
        known.read(now)

    def _has_text(self, body: str) -> bool:
        return any(known.revisions[-1].body == body for known in self.shown().values())


def _without_doubts(old: Reading, new: Reading) -> Reading:
    """What a selector had answered is not written over by what a weaker hand says, or nobody; the correction is read
    out of the body and stands with it."""
    if old.credit_by == "selector" and new.credit_by != "selector":
        new = evolve(new, credit=old.credit, credit_by=old.credit_by)
    if old.body_by == "selector" and new.body_by != "selector" and new.body != old.body:
        new = evolve(new, body=old.body, body_by=old.body_by, correction=old.correction)
    return new
