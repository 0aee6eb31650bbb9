"""newscrawl: news syndication from a publisher's listing to one SQLite file that other sites republish from."""

__version__ = "0.1.0"
