"""PASS: read, validate, rights, group, sanitise, images, store: pure functions, each with a small Scrapy class that
calls it."""
