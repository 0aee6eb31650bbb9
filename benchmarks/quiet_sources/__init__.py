"""The sources of benchmarks/no_news.py."""
