"""A publisher without a list."""
