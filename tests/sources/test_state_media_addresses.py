"""How xinhua, people, gmw and youth spell the addresses of their articles, and what they have that is none."""

import pytest

from newscrawl.errors import Reason
from newscrawl.sources import registry

HASH = "3dd6e33cc6d749fbaae01fea337ff400"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (f"http://www.news.cn/politics/leaders/20240509/{HASH}/c.html", f"xinhua:20240509{HASH}"),
        (f"https://www.news.cn/20240509/{HASH}/c.html?page=3", f"xinhua:20240509{HASH}"),
        (f"http://www.he.news.cn/20240509/{HASH}/c.html", f"xinhua:20240509{HASH}"),
        ("http://www.xinhuanet.com/local/2020-02/19/c_1125597921.htm", "xinhua:1125597921"),
        ("http://m.xinhuanet.com/2020-02/19/c_1125597921.htm", "xinhua:1125597921"),
        ("http://www.nmg.xinhuanet.com/xwzx/xsp/2019-12/07/c_1125317264.htm", "xinhua:1125317264"),
        ("http://finance.people.com.cn/n1/2024/0510/c1004-40232587.html", "people:n1-40232587"),
        ("http://cpc.people.com.cn/n1/2024/0510/c64094-40232587-2.html", "people:n1-40232587"),
        ("http://cpc.people.com.cn/xuexi/n1/2019/0416/c385474-31032594.html", "people:n1-31032594"),
        ("http://sn.people.com.cn/n2/2019/0215/c378296-32641594.html", "people:n2-32641594"),
        ("http://www.people.com.cn/n/2013/1227/c373005-23961345.html", "people:n-23961345"),
        ("https://news.gmw.cn/2024-05/20/content_37330990.htm", "gmw:37330990"),
        ("http://www.gmw.cn/xueshu/2021-06/28/content_34955204.htm", "gmw:34955204"),
        ("https://news.youth.cn/gj/202405/t20240520_15263156.htm", "youth:15263156"),
        ("http://d.youth.cn/shrgch/202308/t20230830_14752942_1.htm", "youth:14752942"),
    ],
)
def test_an_article_is_known_by_the_publishers_own_number(url: str, key: str) -> None:
    source = registry().for_url(url)
    assert source is not None
    address = source.address(url)
    assert address is not None
    assert address.key == key
    again = source.address(address.url)
    assert again is not None
    assert (again.key, again.page) == (key, 1)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("http://culture.people.com.cn/n1/2019/0615/c1013-31153719-4.html", 4),
        ("https://news.youth.cn/gj/202405/t20240520_15263156_1.htm", 2),
    ],
)
def test_a_later_page_is_told_by_its_number(url: str, page: int) -> None:
    source = registry().for_url(url)
    assert source is not None
    address = source.address(url)
    assert address is not None
    assert address.page == page


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"https://www.news.cn/video/20250911/{HASH}/c.html", Reason.VIDEO),
        ("http://www.xinhuanet.com/photo/2019-12/09/c_1125326856.htm", Reason.PHOTOS),
        ("http://v.people.cn/n1/2019/0523/c356168-31099203.html", Reason.VIDEO),
        ("http://pic.people.com.cn/n1/2019/0614/c1016-31136165.html", Reason.PHOTOS),
        ("http://photo.gmw.cn/2018-03/16/content_28003690.htm", Reason.PHOTOS),
        ("https://picture.youth.cn/qtdb/202405/t20240523_15269469.htm", Reason.PHOTOS),
        ("https://v.youth.cn/yw/202405/t20240523_15269470.htm", Reason.VIDEO),
        (f"https://english.news.cn/20240509/{HASH}/c.html", None),
        ("http://en.people.cn/n3/2024/0510/c90000-20167856.html", None),
        ("https://topics.gmw.cn/2024-05/01/content_37300298.htm", None),
        ("http://www.news.cn/politics/leaders/index.htm", None),
        ("http://www.news.cn/video/", None),
        ("http://opinion.people.com.cn/GB/223228/index.html", None),
        ("http://www.people.com.cn/n/2013/1227/c373005-23961344.html", None),
        ("http://www.people.com.cn/n1/2019/0308/c420117-30965009.html", None),
        ("http://paper.people.com.cn/rmrb/html/2024-05/10/nw.D110000renmrb_20240510_2-04.htm", None),
        ("https://news.gmw.cn/node_4108.htm", None),
        ("https://news.youth.cn/gj/", None),
    ],
)
def test_what_is_no_article_is_none_and_says_why_where_that_is_known(url: str, reason: Reason | None) -> None:
    source = registry().for_url(url)
    assert source is not None
    assert source.address(url) is None
    assert source.not_article(url) is reason
