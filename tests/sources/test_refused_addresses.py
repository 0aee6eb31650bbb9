"""Video and photo pages of chinanews are told by their addresses; the channels' own pages, in every menu, are not."""

import pytest

from newscrawl.errors import Reason
from newscrawl.sources import registry

CHINANEWS = registry().get("chinanews")
SITE = "https://www.chinanews.com.cn"


@pytest.mark.parametrize(
    "path",
    [
        "/shipin/cns-d/2025/11-19/news1039901.shtml",
        "/gn/shipin/cns/2025/11-19/news1039888.shtml",
        "/shipin/spfts/20251119/2889.shtml",
        "/shipin/2025/11-19/news1.shtml?f=menu",
        "/shipin/2025/11-19/1031245.shtml",
        "/shipin/minidocu/news77.shtml",
        "/gn/2025/11-19/news1039902.shtml",
    ],
)
def test_a_video_page_is_known_by_its_address(path: str) -> None:
    assert CHINANEWS.not_article(SITE + path) is Reason.VIDEO


@pytest.mark.parametrize("path", ["/tp/hd2011/2025/11-19/1174402.shtml", "/photo/20251119/1174402_3.shtml"])
def test_a_photo_page_is_known_by_its_address(path: str) -> None:
    assert CHINANEWS.not_article(SITE + path) is Reason.PHOTOS


@pytest.mark.parametrize(
    "path",
    ["/shipin/", "/shipin/m/tt/views.shtml", "/shipin/minidocu.shtml", "/shipin/scroll/spjx/index.shtml", "/photo/",
     "/photo/tj.html", "/tp/", "/tp/2009/09-26/index.shtml", "/scroll-news/news2.html", "/gn/2025/11-19/1.shtml"],
)  # fmt: skip
def test_a_channels_own_page_is_neither(path: str) -> None:
    assert CHINANEWS.not_article(SITE + path) is None
