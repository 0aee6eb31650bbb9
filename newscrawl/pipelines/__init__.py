"""PASS: read, validate, rights, sanitise, store: each a pure function and a small Scrapy class that calls it."""
