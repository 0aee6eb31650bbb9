"""What a story is about, as far as its own page says it. Pure."""

from newscrawl.topics.page import Topic, topics_of, topics_told

__all__ = ["VERSION", "Topic", "topics_of", "topics_told"]

VERSION = 2
"""Goes up whenever the same article comes to other topics or other bands than before: stores then find them anew."""
