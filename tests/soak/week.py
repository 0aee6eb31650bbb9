"""A living week: run after run at simulated moments, each held against the truth at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from attrs import Factory, define
from comparing import Downstream, differences, differing, run_differences
from living import Newsroom
from running import Desk, Done
from stories import START
from truth import Run, Truth

DONE, ALARM, OUT_OF_REACH = 0, 3, 5


@define(kw_only=True)
class Week:
    """``mended_at`` is when the operator mends the source's file."""

    newsroom: Newsroom
    desk: Desk
    mended_at: datetime
    truth: Truth = Factory(lambda self: Truth(newsroom=self.newsroom), takes_self=True)
    downstream: Downstream = Factory(Downstream)
    codes: dict[datetime, int] = Factory(dict)
    words: dict[datetime, str] = Factory(dict)
    """The last line of each run."""
    requests: Counter[str] = Factory(Counter)
    allowed: Counter[str] = Factory(Counter)
    """Of article pages, by path: what was asked, and what the schedule has."""

    def run(self, now: datetime, *backfill: str) -> None:
        """A run at ``now``. AssertionError, in words, where store, changes or requests are not the truth."""
        mended = now >= self.mended_at
        self.newsroom.now = now
        self.newsroom.asked.clear()
        done = self.crawl(now, mended, *backfill)
        asked = list(self.newsroom.asked)
        expected = self._expected(now, mended, backfill)
        self.requests.update(path for path in asked if path.startswith("/a/"))
        self.allowed += expected.asked
        wrong = [
            *run_differences(asked, self.downstream.follow(self.desk), expected),
            *differences(self.desk, self.truth),
        ]
        wrong += self._code_differences(done, now, expected)
        self.codes[now], self.words[now] = done.code, done.last_line
        if wrong:
            where = f"{now:%a %H:%M}, seed {self.newsroom.seed}, pace {self.newsroom.pace}"
            listed = "\n".join(wrong[:20])
            raise AssertionError(f"{where}: {len(wrong)} differences\n{listed}\n{done.err[-3000:]}")

    def reread(self) -> None:
        """The archived pages are read again by the mended file: what day five could not read is there."""
        now = {"NEWSCRAWL_NOW": self.newsroom.now.isoformat()}
        done = self.desk.scrapy("reread", "--apply", "--source", "living", settings=now)
        expected = self.truth.reread()
        wrong = [*differing("changes", self.downstream.follow(self.desk), expected)]
        wrong += differences(self.desk, self.truth)
        if wrong or done.code:
            listed = "\n".join(wrong[:20])
            raise AssertionError(f"reread (exit {done.code}): {len(wrong)} differences\n{listed}\n{done.out}{done.err}")

    def crawl(self, now: datetime, mended: bool, *words: str) -> Done:
        env = {"LIVING_ORIGIN": self.newsroom.origin} | ({"LIVING_MENDED": "1"} if mended else {})
        self.desk.env = env
        arguments = [word for given in words for word in ("-a", given)]
        return self.desk.scrapy("crawl", "living", *arguments, settings={"NEWSCRAWL_NOW": now.isoformat()})

    def _expected(self, now: datetime, mended: bool, backfill: tuple[str, ...]) -> Run:
        if not backfill:
            return self.truth.run(now, mended=mended)
        given = dict(word.split("=") for word in backfill)
        since, until = (datetime.fromisoformat(given[name]).date() for name in ("since", "until"))
        days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
        return self.truth.backfill(
            [s for day in reversed(days) for s in self.newsroom.on_day(day, now)], now, mended=mended
        )

    def _code_differences(self, done: Done, now: datetime, run: Run) -> Iterator[str]:
        """3 when the layout has changed, until some time after it was mended; 5 while the server is down; else 0."""
        changed = self.newsroom.new_layout_at
        first = not any(changed <= before < now for before in self.codes)
        if not run.reachable:
            fitting = {OUT_OF_REACH}
        elif now < changed or now >= self.mended_at:
            fitting = {DONE}
        else:
            fitting = {ALARM} if first else {ALARM, DONE}
        if done.code not in fitting:
            yield f"exit {done.code} instead of {' or '.join(map(str, sorted(fitting)))}: {done.last_line}"
        if done.code == ALARM and not re.search("credit|body", done.last_line):
            yield f"the alarm names no field: {done.last_line}"

    def summary(self) -> Iterator[str]:
        """Plain lines."""
        days: dict[str, Counter[int]] = {}
        for now, code in self.codes.items():
            days.setdefault(f"day {(now - START).days + 1}", Counter())[code] += 1
        yield f"runs                {len(self.codes)}"
        for day, codes in days.items():
            yield f"exit codes {day}    {', '.join(f'{number} x {code}' for code, number in sorted(codes.items()))}"
        stored = self.truth.stored().values()
        events = Counter(kind for (kind,) in self.desk.rows("SELECT kind FROM changes"))
        yield f"articles            {len(stored)}, {sum(known.hidden for known in stored)} of them hidden at the end"
        yield f"revisions           {sum(len(known.revisions) for known in stored)}"
        reread = self.desk.column("SELECT count(*) FROM revisions WHERE origin = 'reread'")[0]
        yield f"                    {reread} of them by scrapy reread"
        yield f"changes             {', '.join(f'{number} {kind}' for kind, number in sorted(events.items()))}"
        yield f"links given up      {sum(known.state == 'given_up' for known in self.truth.known.values())}"
        path, most = self.requests.most_common(1)[0]
        yield f"article requests    {self.requests.total()}, allowed {self.allowed.total()}"
        yield f"most of one page    {most} ({path}), allowed {self.allowed[path]}"
        alarms = [now for now, code in self.codes.items() if code == ALARM]
        if alarms:
            yield f"alarm               {alarms[0]:%a %H:%M} to {alarms[-1]:%a %H:%M}, mended {self.mended_at:%a %H:%M}"
            done = [now for now, code in self.codes.items() if alarms[0] < now < alarms[-1] and code == DONE]
            yield f"exit 0 amid it      {', '.join(f'{now:%H:%M}' for now in done) or 'never'}"
            yield f"its words           {self.words[alarms[0]].partition('living: ')[2]}"
