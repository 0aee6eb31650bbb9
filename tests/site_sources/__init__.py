"""Publishers for tests: the loopback newsroom at SITE_ORIGIN. Found through SPIDER_MODULES like any other package."""
