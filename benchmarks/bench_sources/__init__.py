"""The benchmark's publisher, found through SPIDER_MODULES like any other."""
