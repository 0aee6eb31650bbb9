"""The poisoned site in a browser without any policy: nothing of it runs."""

from __future__ import annotations

from playwright.sync_api import Browser
from poisoned_site import VECTORS, Published, all_is_clean, search_is_clean
from web_made import serving_site
from xss_watch import watching


def test_nothing_runs_on_any_page(published: Published, browser: Browser):
    pages = published.pages()
    assert len(pages) > 1100
    opened = {f"/a/{id_}/" for id_ in published.desk.column("SELECT id FROM published")}
    assert opened <= set(pages)
    with serving_site(published.site, csp=False) as server, watching(browser, server) as watch:
        assert all_is_clean(published, watch, pages)


def test_nothing_runs_in_a_search_that_finds_all_of_it(published: Published, browser: Browser):
    with serving_site(published.site, csp=False) as server, watching(browser, server) as watch:
        assert search_is_clean(published, watch, server, VECTORS[::8])
