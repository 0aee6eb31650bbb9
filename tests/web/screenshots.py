"""Pictures of a published site, as Chromium shows it: ``screenshots.py SITE TARGET`` (`make screenshots`).

Home, a topic, an article and a search, on a desk and on a phone, light and dark, each from top to bottom: sixteen PNG
files. Pictures that the site has no copy of are grey: nothing is fetched.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote

from browsing import DESKTOP, PHONE, Visit, chromium, visiting
from playwright.sync_api import expect
from web_made import serving_site

WORD = "太原"
WIDTHS = {"desktop": DESKTOP, "phone": PHONE}
SCHEMES = ("light", "dark")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    words.add_argument("site", type=Path, help="folder that `scrapy publish` has written")
    words.add_argument("target", type=Path, help="folder for the pictures")
    given = words.parse_args()
    given.target.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, serving_site(given.site) as server:
        for (width, viewport), scheme in product(WIDTHS.items(), SCHEMES):
            with visiting(browser, server, viewport=viewport, color_scheme=scheme, is_mobile=width == "phone") as visit:
                for name in pages(visit):
                    target = given.target / f"{name}-{width}-{scheme}.png"
                    visit.page.screenshot(path=target, full_page=True)
                    print(target)


def pages(visit: Visit) -> Iterator[str]:
    """Opens each page; its name."""
    visit.go("/")
    yield "home"
    visit.go(f"/topic/{quote(WORD)}/")
    yield "topic"
    visit.page.locator("main a[href*='/a/']").first.click()
    visit.page.wait_for_load_state()
    yield "article"
    visit.go(f"/search/?q={quote(WORD)}")
    expect(visit.page.locator("#status")).to_have_text(re.compile("[^…]$"))  # 正在查找……
    yield "search"


if __name__ == "__main__":
    main()
