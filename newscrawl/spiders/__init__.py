"""WALK: the spider that walks a source: it finds links and fetches pages, and leaves the reading to the pipelines."""
