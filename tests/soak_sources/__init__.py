"""The living newsroom's publisher, for the soak runs. Found through SPIDER_MODULES like any other package."""
