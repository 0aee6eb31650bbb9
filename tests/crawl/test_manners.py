"""What a whole crawl asks and does not ask of a site, with the product's own settings."""

from __future__ import annotations

import json

from loopback import Site, listing
from running import Desk

from newscrawl import settings


def test_what_robots_txt_forbids_is_not_fetched_and_is_counted(site: Site, site_desk: Desk):
    """Many asked at once: none fetched (Scrapy's own middleware lets all but the first through)."""
    site.put("/robots.txt", "User-agent: newscrawl\nDisallow: /a/\n", **{"Content-Type": "text/plain"})
    done = site_desk.scrapy("crawl", "site", settings={"CONCURRENT_REQUESTS_PER_DOMAIN": "16"})
    assert site.articles_asked() == []
    assert done.code == 5
    assert "every article failed (robots_forbidden 24)" in done.last_line


def test_a_robots_txt_that_cannot_be_had_closes_the_site_for_the_run(site: Site, site_desk: Desk):
    site.put("/robots.txt", "down", status=503)
    done = site_desk.scrapy("crawl", "site")
    assert (done.code, site.lists_asked(), site.articles_asked()) == (5, [], [])
    assert "robots_http_503" in done.last_line


def test_a_redirect_to_another_loopback_address_is_refused_and_the_rest_is_stored(site: Site, site_desk: Desk):
    port = site.origin.rsplit(":", 1)[1]
    site.put("/a/7.html", "", status=302, Location=f"http://127.0.0.2:{port}/a/7.html")
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 0
    assert "1 failed (address_refused 1)" in done.last_line
    assert "23 added" in done.last_line


def test_without_leave_no_private_address_is_asked_at_all(site: Site, site_desk: Desk):
    done = site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_ALLOW_PRIVATE_HOSTS": ""})
    assert done.code == 5
    assert site.asked == []
    assert "address_refused" in done.last_line


def test_the_user_agent_is_honest_and_names_the_contact(site: Site, site_desk: Desk):
    contact = {"NEWSCRAWL_CONTACT": "mailto:desk@example.org"}
    done = site_desk.scrapy("crawl", "site", "-a", "limit=1", "-L", "DEBUG", settings=contact)
    assert done.code == 0
    assert "'USER_AGENT': 'newscrawl/0.1.0 (+mailto:desk@example.org)'" in done.err


def test_a_too_large_page_is_refused_and_the_run_goes_on(site: Site, site_desk: Desk):
    site.put("/a/7.html", b"x" * 200_000)
    done = site_desk.scrapy("crawl", "site", settings={"DOWNLOAD_MAXSIZE": "100000"})
    assert done.code == 0
    assert "1 failed (body_too_long 1)" in done.last_line


def test_doors_that_scrapy_leaves_open_are_shut():
    assert settings.TELNETCONSOLE_ENABLED is False
    assert settings.REMOTE_CONTROL_ENABLED is False
    assert settings.HTTPPROXY_ENABLED is False
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES is True
    assert {scheme for scheme, handler in settings.DOWNLOAD_HANDLERS.items() if handler} == {"http", "https"}


def test_a_crawl_raises_no_warning_of_any_kind(site: Site, site_desk: Desk):
    """Scrapy names what will break in its next versions only in warnings; here each is an error."""
    site_desk.env["PYTHONWARNINGS"] = "error"
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 0, done.err[-3000:]
    assert "Warning" not in done.err
    assert "24 added" in done.last_line


def test_reprint_policy_decides_what_the_view_shows(site: Site, site_desk: Desk):
    site.put("/list/1.html", listing([1, 2]))
    site.put("/list/2.html", listing([]))
    policy = json.dumps({"*": "full", "credit:回环新闻网": "excerpt"})
    site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_REPRINT": policy})
    rows = site_desk.rows("SELECT reprint, body_html, body_text, summary IS NOT NULL FROM published")
    assert rows == [("excerpt", None, None, 1)] * 2
    held = site_desk.rows("""SELECT rowid FROM search WHERE search MATCH '"踏 实 多 了"'""")
    assert held == []


def test_a_look_with_scrapy_fetch_makes_no_store_and_takes_no_lock(site: Site, site_desk: Desk):
    done = site_desk.scrapy("fetch", "--nolog", "--spider", "site", f"{site.origin}/a/1.html", settings={})
    assert "社区食堂" in done.out
    plain = site_desk.scrapy("shell", f"{site.origin}/a/1.html", "-c", "response.status")
    assert plain.out.strip() == "200"
    assert not list(site_desk.folder.rglob("*.lock"))
