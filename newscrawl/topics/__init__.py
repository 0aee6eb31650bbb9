"""What a story is about, as far as its own page says it. Pure."""

from newscrawl.topics.page import Topic, topics_of

__all__ = ["Topic", "topics_of"]
