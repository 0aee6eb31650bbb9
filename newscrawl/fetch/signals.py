"""Signals of newscrawl's own, sent through the crawler's signal manager like Scrapy's.

::

    all_read()                                   all that was asked so far is read; more may be asked
    backfill_begun(days: int, finished: int)     so many days, of which earlier backfills walked so many to their end
    day_begun(day: date)
    day_ended(day: date, links: int, done: bool) all that the day's page led to is read; not done: the page was not had

A receiver takes what it needs by keyword. A backfill that is stopped or killed does not end its day.
"""

all_read = object()
backfill_begun = object()
day_begun = object()
day_ended = object()
