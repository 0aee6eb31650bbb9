"""A source with nothing to ask: what a run costs before it does anything."""

from newscrawl.sources.base import Source

SOURCE = Source(slug="idle", name="无事新闻网", home="https://idle.example/", hosts=("idle.example",))
