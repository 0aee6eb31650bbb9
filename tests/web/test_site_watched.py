"""What a page does that it should not is noticed: else the other tests of the site would see nothing and be content."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import visiting
from playwright.sync_api import Browser
from web_made import CSP, serving_site

PAGE = f"""<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{CSP}"><title>坏页</title>
<h1>坏页</h1><img src="https://elsewhere.example/1.jpg" alt=""><a href="https://elsewhere.example/2">走</a>
<script>document.title = "ran"; console.log("loud"); lost()</script>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "太原").mkdir()
    (tmp_path / "太原" / "index.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "404.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_under_the_policy_an_inline_script_is_refused_and_reported(folder: Path, browser: Browser):
    with serving_site(folder) as server, visiting(browser, server) as visit:
        assert visit.go("/太原/") == 200
        assert visit.page.title() == "坏页"
        assert visit.refused
        assert {line.split(" ")[0] for line in visit.refused} == {"script-src-elem"}
        assert len(visit.said) == len(visit.refused)
        with pytest.raises(AssertionError):
            visit.is_silent()


def test_without_the_policy_it_runs_and_what_it_says_is_heard(folder: Path, browser: Browser):
    with serving_site(folder, csp=False) as server, visiting(browser, server) as visit:
        visit.go("/太原/")
        assert visit.page.title() == "ran"
        assert visit.said[0] == "log: loud"
        assert "lost is not defined" in visit.said[1]
        assert visit.refused == []


def test_nothing_is_asked_of_other_hosts_and_what_would_be_is_known(folder: Path, browser: Browser):
    with serving_site(folder) as server, visiting(browser, server, by_name=True) as visit:
        visit.go("/太原/")
        visit.page.click("a")
        assert visit.asked == [
            ("image", "https://elsewhere.example/1.jpg"),
            ("document", "https://elsewhere.example/2"),
        ]
        assert visit.page.title() == "坏页"


def test_the_host_serves_as_hosts_of_files_do(folder: Path, browser: Browser):
    with serving_site(folder, under="/news") as server, visiting(browser, server) as visit:
        assert visit.go("/太原") == 200
        assert visit.here() == "/%E5%A4%AA%E5%8E%9F/"
        assert visit.go("/nowhere/") == 404
        assert server.get("/%E5%A4%AA%E5%8E%9F/").headers["Content-Security-Policy"] == CSP
