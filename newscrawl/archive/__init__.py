"""Fetched responses on disk: WARC 1.1 written, anybody's WARC read. Knows no Scrapy and no spider."""
