"""The run ledger's end where the store fails at the very last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scrapy import Spider
from scrapy.utils.test import get_crawler

from newscrawl.errors import StoreUnwritable
from newscrawl.extensions.ledger import Ledger
from newscrawl.fetch.project import Run, say_run
from newscrawl.outcome import Count
from newscrawl.sources import registry
from newscrawl.store.writer import Writer


def test_a_row_that_cannot_be_written_at_the_end_leaves_no_store_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The snapshot comes after it, and a writer that stands open keeps the -wal beside the store."""

    def fail(*_: Any) -> None:
        raise StoreUnwritable("the disk is full")

    db = tmp_path / "news.db"
    crawler = get_crawler(type("Site", (Spider,), {"name": "site"}), {"NEWSCRAWL_DB": str(db)})
    say_run(crawler, Run(name="site", kind="whole", source=registry().get("chinanews")))
    ledger = Ledger(crawler)
    ledger._opened()
    monkeypatch.setattr(Writer, "close_run", fail)
    ledger._closed("finished")
    assert crawler.stats.get_value(Count.UNWRITABLE) == "the disk is full"
    assert [path.name for path in tmp_path.iterdir()] == ["news.db"]
