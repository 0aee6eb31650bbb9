"""How the other publishers spell the addresses of their articles, and what they have that is none."""

import pytest

from newscrawl.errors import Reason
from newscrawl.sources import registry

NETEASE = "https://www.163.com"
SINA = "https://news.sina.com.cn"
GUANCHA = "https://www.guancha.cn"
ECNS = "https://www.ecns.cn"
CCTV = "https://news.cctv.com"
PAPER = "https://www.thepaper.cn"


@pytest.mark.parametrize(
    ("url", "key", "canonical"),
    [
        (f"{NETEASE}/dy/article/L1AA0AB20514R9KQ.html", "163:L1AA0AB20514R9KQ", None),
        (
            f"{NETEASE}/dy/article/L1AA0AB20514R9KQ_pdya11y.html",
            "163:L1AA0AB20514R9KQ",
            f"{NETEASE}/dy/article/L1AA0AB20514R9KQ.html",
        ),
        (
            "https://m.163.com/news/article/L1AA0AB20001899O.html",
            "163:L1AA0AB20001899O",
            f"{NETEASE}/news/article/L1AA0AB20001899O.html",
        ),
        ("https://3g.163.com/dy/article/L1AA0AB20514R9KQ.html", "163:L1AA0AB20514R9KQ", None),
        ("https://c.m.163.com/news/a/L1AA0AB20001899O.html", "163:L1AA0AB20001899O", None),
        (
            "http://dy.163.com/v2/article/detail/EOCAQMTN0511DTU9.html",
            "163:EOCAQMTN0511DTU9",
            f"{NETEASE}/dy/article/EOCAQMTN0511DTU9.html",
        ),
        (
            "https://news.163.com/20/0704/01/FGLHEVF80001899O.html#f=post",
            "163:FGLHEVF80001899O",
            "https://news.163.com/20/0704/01/FGLHEVF80001899O.html",
        ),
        (f"{SINA}/c/2019-10-23/doc-iicezuev4202091.shtml", "sina:icezuev4202091", None),
        ("https://news.sina.cn/gn/2019-10-23/detail-iicezuev4202091.d.html", "sina:icezuev4202091", None),
        (f"{SINA}/zl/2019-10-23/zl-iicezuev4202091.shtml", "sina:icezuev4202091", None),
        (f"{SINA}/c/2013-10-22/021928494669.shtml", "sina:2013-10-22-021928494669", None),
        (
            "http://photo.sina.com.cn/newyouth/doc-iicezzrr4150612.shtml",
            "sina:icezzrr4150612",
            "https://photo.sina.com.cn/newyouth/doc-iicezzrr4150612.shtml",
        ),
        (
            "https://k.sina.com.cn/article_6489420874_m182ccb44a001016fd4.html?from=society",
            "sina:6489420874_m182ccb44a001016fd4",
            "https://k.sina.com.cn/article_6489420874_m182ccb44a001016fd4.html",
        ),
        (f"{GUANCHA}/politics/2019_09_07_516887.shtml", "guancha:516887", None),
        (
            f"{GUANCHA}/politics/2019_09_07_516887_s.shtml?s=zwyx",
            "guancha:516887",
            f"{GUANCHA}/politics/2019_09_07_516887.shtml",
        ),
        (
            "http://m.guancha.cn/GuoJi%C2%B7ZhanLue/2019_09_07_516887.shtml",
            "guancha:516887",
            f"{GUANCHA}/GuoJi·ZhanLue/2019_09_07_516887.shtml",
        ),
        (f"{ECNS}/news/economy/2018-05-23/detail-ifyuqkxh5544774.shtml", "ecns:ifyuqkxh5544774", None),
        (
            f"{ECNS}/m/news/economy/2018-05-23/detail-ifyuqkxh5544774.shtml",
            "ecns:ifyuqkxh5544774",
            f"{ECNS}/news/economy/2018-05-23/detail-ifyuqkxh5544774.shtml",
        ),
        (f"{ECNS}/2018/05-24/303793.shtml", "ecns:303793", None),
        (f"{ECNS}/m/business/2018/05-24/303794.shtml", "ecns:303794", f"{ECNS}/business/2018/05-24/303794.shtml"),
        (f"{CCTV}/2026/11/25/ARTIq7Yk2mWc0TzLr9Bv5XdE261125.shtml", "cctv:ARTIq7Yk2mWc0TzLr9Bv5XdE261125", None),
        (
            "http://m.news.cctv.com/2020/07/04/ARTIqcFzfVGxw62TsH9bU0if200704.shtml",
            "cctv:ARTIqcFzfVGxw62TsH9bU0if200704",
            f"{CCTV}/2020/07/04/ARTIqcFzfVGxw62TsH9bU0if200704.shtml",
        ),
        ("https://thepaper.cn/newsDetail_forward_4151622", "thepaper:4151622", f"{PAPER}/newsDetail_forward_4151622"),
        ("https://m.thepaper.cn/detail/4151622", "thepaper:4151622", f"{PAPER}/newsDetail_forward_4151622"),
        ("https://news.ifeng.com/c/7kQcQG2peWU#_zbs", "ifeng:7kQcQG2peWU", "https://news.ifeng.com/c/7kQcQG2peWU"),
        ("http://nb.ifeng.com/a/20200911/14526474_0.shtml", "ifeng:20200911-14526474", None),
        ("https://world.huanqiu.com/article/4RXo3VkFDgy", "huanqiu:4RXo3VkFDgy", None),
    ],
)
def test_an_article_has_one_key_and_one_address_in_all_spellings(url: str, key: str, canonical: str | None) -> None:
    """``canonical`` None: what was asked, by https."""
    source = registry().for_url(url)
    assert source is not None
    address = source.address(url)
    assert address is not None
    assert (address.key, address.url, address.page) == (key, canonical or url.replace("http:", "https:"), 1)
    assert source.address(address.url) == address


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"{NETEASE}/v/video/VL1AA0AB2.html", Reason.VIDEO),
        ("https://news.163.com/photoview/00AP0001/2300000.html", Reason.PHOTOS),
        ("https://news.163.com/domestic/", None),
        (f"{NETEASE}/dy/media/T1473670373344.html", None),
        ("https://c.m.163.com/news/sub/T1467284926140.html", None),
        ("http://video.sina.com.cn/p/news/o/doc/2019-10-23/104969322867.html", Reason.VIDEO),
        ("http://video.sina.com.cn/p/news/2019-10-23/detail-iicezzrr4167891.d.html", Reason.VIDEO),
        ("https://video.sina.cn/news/2019-10-23/detail-iicezzrr4167891.d.html", Reason.VIDEO),
        ("https://photo.sina.cn/album_1_2841_430000.htm?ch=1", Reason.PHOTOS),
        ("http://slide.mil.news.sina.com.cn/l/slide_8_193_43000.html", Reason.PHOTOS),
        ("https://k.sina.com.cn/media_m_6489420874.html", None),
        (f"{SINA}/c/", None),
        (f"{GUANCHA}/Feedback/2016_11_24_381834.shtml", None),
        (f"{GUANCHA}/broken-news/2017_03_28_400912_3.shtml", None),
        (f"{GUANCHA}/life/2012_09_05_74361.shtml", None),
        (f"{GUANCHA}/politics/2019_09_07_516887_5000.shtml", None),
        (f"{ECNS}/m/video/2018-05-23/detail-ifyuqkxh5544774.shtml", Reason.VIDEO),
        (f"{ECNS}/hd/2018-05-23/detail-ifyuqkxh5544774.shtml", Reason.PHOTOS),
        (f"{ECNS}/m/visual/2018/05-24/303793.shtml", Reason.PHOTOS),
        (f"{ECNS}/rss/rss.xml", None),
        ("https://tv.cctv.com/2026/11/25/VIDEk4Rt9yUo2LmNb7Vc1XsW261125.shtml", Reason.VIDEO),
        (f"{CCTV}/2026/11/25/PHOAj5Df3gHk8QwEr6Ty0UiO261125.shtml", Reason.PHOTOS),
        ("https://m.thepaper.cn/series/8812", Reason.VIDEO),
        (f"{PAPER}/channel_25950", None),
        (f"{PAPER}/newsDetail_forward_", None),
        ("https://v.ifeng.com/c/7kQcQG2peWU", Reason.VIDEO),
        ("https://pl.ifeng.com/shanklist/original/21-35136-", None),
        ("https://world.huanqiu.com/article/", None),
        ("https://www.huanqiu.com/article/4RXo3VkFDgyTooLong", None),
        ("https://www.chinanews.com.cn/kong/2018/01-17/8426100.shtml", None),
        ("http://www.xinhuanet.com/english/2019-12/10/c_1125327218.htm", None),
        ("http://news.xinhuanet.com/english2010/china/2011-05/10/c_13867001.htm", None),
        ("https://www.news.cn/english/20240509/3dd6e33cc6d749fbaae01fea337ff400/c.html", None),
    ],
)
def test_what_is_no_article_is_none_and_says_why_where_the_address_tells(url: str, reason: Reason | None) -> None:
    source = registry().for_url(url)
    assert source is not None
    assert source.address(url) is None
    assert source.not_article(url) is reason


@pytest.mark.parametrize(
    "stem",
    [
        "https://www.chinanews.com.cn/gn/2025/11-19/10518665_{}.shtml",
        "https://m.chinanews.com/wap/detail/chs/zw/10518665_{}.shtml",
        "http://finance.people.com.cn/n1/2024/0510/c1004-40232587-{}.html",
        "https://news.youth.cn/gj/202405/t20240520_15263156_{}.htm",
        f"{GUANCHA}/politics/2019_09_07_516887_{{}}.shtml",
    ],
)
def test_a_number_that_no_article_has_pages_for_is_no_page(stem: str) -> None:
    """A link with thousands of digits is one link passed over: it used to cost the whole list."""
    source = registry().for_url(stem)
    assert source is not None
    assert source.address(stem.format("12")) is not None
    for number in ("9" * 5000, "1000", "１２"):
        assert source.address(stem.format(number)) is None


def test_full_width_digits_do_not_give_an_article_a_second_key() -> None:
    source = registry().get("thepaper")
    assert source.address(f"{PAPER}/newsDetail_forward_４１５１６２２") is None
