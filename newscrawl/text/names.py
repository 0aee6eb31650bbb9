"""Chinese and other names as bylines print them: who is a person, who is an organisation, where a run-on name ends.

Names are told by their shape and by the surname (姓), not by a list of persons: a name is two or three Han characters
after a surname (three or four after a compound one), or a name with the dot of transliteration (阿依古丽·阿不力肯), or
one of transliteration characters alone (古丽胡玛尔). What ends like an outlet, an office, a firm or a school is none.
"""

from __future__ import annotations

import re

from attrs import frozen

HAN = r"[\u3400-\u9fff〇]"
DOTS = "·•‧・∙"

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤"
    "花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄"
    "米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万"
    "支柯昝管卢莫房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封芮羿储靳汲邴糜松井段富"
    "巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍"
    "赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温庄晏柴瞿阎充慕连茹习"
    "宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶曾毋沙"
    "鞠须丰巢关蒯相查荆红游竺权逯盖益桓公肖闫付覃晋岳仝亓佟佘佴邸邝仉刑冼区修仓展漆苟芦门闪阳陕青鹿隋牟眭寸行官代"
    "楚战庹禤粟栗朴琴买哈丛初谌揭敬母么旷矫由尉郄迟税银缑荔辜呼呙扎图雪瀚衣亢惠盘帅令泥况赫原过字仪召阿才旦次达德"
    "趙錢孫鄭馮陳衛蔣韓楊許呂張嚴華謝鄒竇雲範魯韋馬鳳湯羅畢鄔樂齊顧黃蕭貝計談龐項藍閔賈婁鐘駱淩盧繆應鄧單諸龔陸榮"
    "儲烏譚貢勞邊溫莊連習魚庫終簡饒關遊權蓋劉葉賴喬陰雙聞黨農閻"
)
_COMMON = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_COMPOUND_WORDS = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙
慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷
轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五
公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 呼和 歐陽 司馬 東方 諸葛
"""
_COMPOUND = frozenset(_COMPOUND_WORDS.split())
# Characters of transliterated names (Uygur, Kazakh, Mongol, Tibetan); two of them make a long name one person's.
_TRANSLITERATION = frozenset(
    "阿艾哈买麦木热依克江尔孜拜提迪丽娜古扎西巴旦才让卓玛嘎桑格措次仁央尼吉罗布德曼努斯汗姆拉萨乌勒苏图那孟和其木仓琪甫坎吾帕"
    "伊力卡赛沙比别再奴玉合穆牙库肯亚娃贡拥尖希"
)
_ORGANISATION = re.compile(
    r"(?:日报|晚报|早报|晨报|时报|商报|学报|快报|导报|周报|周刊|杂志|月刊|报|社|网|台|卫视|频道|客户端|融媒体?|传媒|新闻|在线|财经|经纬|"
    r"央视|党校|大学|学院|学校|中学|小学|医院|法院|检察院?|公安|警方|派出所|支队|大队|总队|中队|消防|妇联|团委|工会|文联|协会|学会|"
    r"联合会|委员会|政府|人大|政协|委|局|厅|部|署|处|科|室|所|站|院|馆|园|办|中心|公司|集团|银行|基金会|研究所|组|队|师|团|兵团|"
    r"机场|海关|税务|铁路|法治|供电|电力|气象|街道|社区|村|镇|乡|县|市|区|省|州|办事处|工作室|编辑部|评论员|专栏|供稿|供图|"
    r"联播|直播|之声|视频|视点|访谈|观察|聚焦|联线|连线|专线|综合|版)$"
)
_SHORT_ORGANISATION = re.compile(
    r"(?:交警|特警|武警|城管|法宣|检宣|公宣|警宣|税宣|报|社|网|卫视|频道|客户端|传媒|新闻|在线|财经|央视|党校|大学|学院|公安|妇联|团委|文联|协会|政协|集团|公司|中心|警方|法院|"
    r"消防|总台|政府|海关|社区|综合|专栏|视频|县|市|省)$"
)
_NO_PERSON_WORDS = """
记者 通讯员 作者 编辑 责编 摄影 摄 图 文 文图 图文 来源 综合 整理 整合 编译 报道 资料图 资料 完 待续 续 上 下 中 等
和 与 及 之 评论员 本报评论员 特约评论员 见习 实习 实习生 主笔 首席 特派 新媒体 全媒体 融媒体 本报 本刊 本网 本台
本社 总台 央视 中新社 中新网 新华社 人民网 单位 简介 采写 撰文 撰稿 供图 供稿 视频 音频 剪辑 设计 制图 海报 审核
校对 监制 策划 统筹 出品 值班 编审 主编 综合消息 图片 网络 原创 转载 佚名 匿名 不详 有删减 节选 化名 新闻联播
焦点访谈 新闻调查 中国之声 一线 深度 独家 快讯 署名 笔名 北京 上海 天津 重庆 广州 深圳 南京 武汉 成都 杭州 西安 中国
香港 澳门 台湾 台北 教授 研究员 博士 主任 院长 校长 老师 学者 副教授 讲师 律师 专家 院士 先生 女士 同学 中文版
英文版 摄影报道 综合报道 文字 文字整理 大公报 文汇报
"""
_NO_PERSON = frozenset(_NO_PERSON_WORDS.split())
_PLACES = (
    "北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|"
    "内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台湾|中国|国家|国务院|全国|中央|清华|复旦|南开|中山|华东|华中|华南|华北|西南|西北|东北|"
    "美国|英国|日本|韩国|俄罗斯|法国|德国|欧洲|亚洲|世界|国际|南京|武汉|杭州|广州|深圳|成都|西安|哈尔滨|大连|青岛|厦门|苏州"
)
# Words with which a description of the author or a story begins, right after a name without a space.
_STORY_BEGINS = re.compile(
    rf"(?:{_PLACES}|系|是|为|曾|任|现任|著|摄|单位|简介|本报|本网|记者|通讯员|今年|今天|今日|今晨|去年|昨天|昨日|近日|近年|近期|日前|"
    r"目前|眼下|如今|当前|当地|当天|当日|时值|正值|适逢|随着|从|在|由|自|据|对|对于|为了|位于|走进|来到|经过|经历|一|这|那|他|她|它|"
    r"我|有|不|以|于是|每|每年|第|地处|作为|记得|根据|受|围绕|微风|清晨|傍晚|夜|初|盛夏|初秋|深秋|隆冬|阳光|连日|持续|刚刚|眼看|"
    r"夏日|春日|秋日|冬日|夏天|春天|秋天|冬天|暑期|暑假|伴随|面对|针对|通过|自从|早上|上午|下午|晚上|凌晨|两|三|四|五|六|七|八|九|十|多|"
    r"“|‘|「|《|【|（|\(|\"|\d|[A-Za-z])"
)
# Characters that end or join words of running text and are hardly ever a given name's second one.
_NOT_IN_NAMES = frozenset("的了是在从和与被把将这那就也都还说到着过们上下内外中")
_DOTTED = re.compile(rf"{HAN}{{1,10}}(?:[{DOTS}]{HAN}{{1,10}})+")
_HAN_RUN = re.compile(rf"{HAN}+")
_OUTLET_GLUED = re.compile(
    rf"{HAN}{{2,8}}?(?:日报|晚报|早报|时报|新闻|财经|新京报|新华社|中新社|中新网|新华网|人民网|央广网|客户端)(?P<name>{HAN}{{2,3}})"
)
_LATIN = re.compile(r"(?!By |BY )\b[A-Z][A-Za-zÀ-ÿ'’.-]*(?: [A-Z][A-Za-zÀ-ÿ'’.-]*){1,3}")
_SPACES = str.maketrans({"\u00a0": " ", "\u3000": " ", "\t": " ", "\u2002": " ", "\u2003": " ", "\n": " "})

_TITLES = (
    r"全媒体见习|全媒体首席|全媒体|融媒体|融媒|新媒体|首席|见习|实习|特派|特约|高级|资深|专职|前方|随队|本报|本网|本台|本社|本刊|"
    r"总台央视|总台|央视|评论|文字|图文|视频|摄影|专栏|财经"
)
_TITLE_TAIL = re.compile(rf"(?:{_TITLES}|驻{HAN}{{1,6}})+$")
_MARK = re.compile(
    r"(?P<correspondent>(?:特约|本报)?(?:通讯员|通信员))|"
    r"(?P<titled>记者|评论员|专栏作者|特约作者)|(?P<plain>实习生|实习编辑|作者|撰稿人?|撰文|采写)|(?P<skip>摄影报道|综合报道|报道|摄影|摄制|文字|文/图|图/文|文图)"
)
_SEPARATORS = re.compile(r"[ ,，、;；/／|｜丨&＆:：。.]+")


@frozen(kw_only=True)
class RunOn:
    """Names at the head of a text that runs on without a separator."""

    names: tuple[str, ...]
    end: int
    """Offset of what follows the last name."""


def is_person(text: str) -> bool:
    """Whether ``text`` (one name, no spaces inside unless Latin) has the shape of a person's name."""
    if text in _NO_PERSON:
        return False
    if _DOTTED.fullmatch(text):
        return not _ORGANISATION.search(text)
    if not _HAN_RUN.fullmatch(text):
        return _LATIN.fullmatch(text) is not None
    size = len(text)
    if size < 2 or (size > 3 and _ORGANISATION.search(text)) or _SHORT_ORGANISATION.search(text):
        return False
    if size <= 3:
        return True
    if text[:2] in _COMPOUND and size == 4:
        return True
    transliterated = sum(sign in _TRANSLITERATION for sign in text)
    if size == 4:
        return transliterated >= 2 or (text[0] in _COMMON and text[1] in _COMMON)
    return size <= 9 and transliterated * 2 > size


def is_common_name(text: str) -> bool:
    """Two or three Han characters after one of the hundred commonest surnames."""
    return len(text) in (2, 3) and text[0] in _COMMON and is_person(text)


def split_names(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(reporters, correspondents) named inside a byline's bracket: '记者 赵  岩 通讯员 李明、王芳'.

    Titles (记者, 全媒体记者, 见习记者, 摄影) are stripped, organisations left out; 实习生 counts as a reporter,
    通讯员 is a correspondent. Names keep their order; nobody is named twice.
    """
    found: tuple[list[str], list[str]] = ([], [])
    role = 0
    text = text.translate(_SPACES)
    at = 0
    for mark in _MARK.finditer(text):
        # A space or nothing before 记者: '沈报全媒体' is the title's, what stands before it belongs to the role before.
        before = text[at : mark.start()]
        _add(found[role], _before_mark(before) if mark["titled"] else before)
        role = 1 if mark["correspondent"] else role if mark["skip"] else 0
        at = mark.end()
    _add(found[role], text[at:])
    return tuple(found[0]), tuple(name for name in found[1] if name not in found[0])


def _before_mark(text: str) -> str:
    """What stands before 记者 with the title's own words taken off: '付钰 全媒体' -> '付钰', '甲 中新财经' -> '甲'."""
    head, tail = text[: len(text.rstrip())], text[len(text.rstrip()) :]
    if tail:  # '王鑫 记者': the word before is a name or an outlet, not part of this title
        return text
    cut = head.rfind(" ") + 1
    word = max(head.rfind(sign) for sign in "、，,；;/ ") + 1
    cut = max(cut, word)
    last = head[cut:]
    stripped = _TITLE_TAIL.sub("", last)
    if stripped != last and 2 <= len(stripped) <= 4 and stripped[0] in _SURNAMES and is_person(stripped):
        return head[:cut] + stripped
    return head[:cut]


def _add(names: list[str], text: str) -> None:
    for name in _persons(text):
        if name not in names:
            names.append(name)


def _persons(text: str) -> list[str]:
    """The persons in a run of words without titles."""
    latin = _LATIN.findall(text)
    if latin:
        text = _LATIN.sub(" ", text)
    names: list[str] = []
    single = ""
    for word in _SEPARATORS.split(text):
        if not word:
            continue
        if len(word) == 1 and _HAN_RUN.fullmatch(word) and word not in _NO_PERSON:
            if single:
                names.append(single + word)
                single = ""
            else:
                single = word
            continue
        if single and len(word) <= 2 and single in _SURNAMES and word[0] not in _SURNAMES:
            names.append(single + word)
        elif names and word not in _NO_PERSON and names[-1] in _COMPOUND and len(word) <= 2:
            names[-1] += word
        else:
            names.extend(_glued(word))
        single = ""
    return [*(name for name in names if is_person(name) or _is_long_name(name)), *latin]


def _is_long_name(text: str) -> bool:
    """关喜如意, 杨虞波罗: four characters after a surname; believed only where names are listed."""
    return (
        len(text) == 4
        and text[0] in _SURNAMES
        and _HAN_RUN.fullmatch(text) is not None
        and text not in _NO_PERSON
        and not _ORGANISATION.search(text)
        and not _PLACE.match(text)
    )


def _glued(word: str) -> list[str]:
    """Names without a space (姜俏梅郭丹), the name before what it belongs to (方敏北京大学…), or the word."""
    if not _HAN_RUN.fullmatch(word) or len(word) < 4 or (word[:2] in _COMPOUND and len(word) == 4):
        return [word]
    if outlet := _OUTLET_GLUED.fullmatch(word):
        return [outlet["name"]] if outlet["name"][0] in _SURNAMES else [word]
    if len(word) <= 9 and not _ORGANISATION.search(word) and not _is_transliterated(word):
        if len(word) == 4 and word[1] in _COMMON and word[0] in _COMMON and word[2] not in _COMMON:
            return [word]  # 张王小明: two surnames, one person
        names = _segmented(word, first=True)
        if names is not None:
            return names[1]
    described = _described(word)
    return [described] if described else [word]


def _is_transliterated(word: str) -> bool:
    return sum(sign in _TRANSLITERATION for sign in word) * 2 > len(word)


def _segmented(word: str, *, first: bool = False) -> tuple[int, list[str]] | None:
    """(cost, names): ``word`` cut into names of two or three characters, rare surnames costing; None: it cannot be.

    The first name of several may begin with any character (吁青刘永荣), if all after it begin with a common surname.
    """
    if not word:
        return 0, []
    best: tuple[int, list[str]] | None = None
    for size in (3, 2):
        if size > len(word) or (first and size == len(word)):
            continue
        cost = 0 if word[0] in _COMMON else 1 if word[0] in _SURNAMES else 3
        if cost == 3 and not (first and word[size] in _COMMON):
            continue
        rest = _segmented(word[size:])
        if rest is not None and (best is None or cost + rest[0] < best[0]):
            best = cost + rest[0], [word[:size], *rest[1]]
    return best


def _described(word: str) -> str | None:
    """The name at the head of '方敏北京大学经济学院教授' or '韩涵系政邦智库研究员'; None where none is told apart."""
    if len(word) < 5 or word[0] not in _SURNAMES:
        return None
    for size in (3, 2, 4):
        name, rest = word[:size], word[size:]
        fits = size < 4 or name[:2] in _COMPOUND
        if not (fits and len(rest) > 1 and _STORY_BEGINS.match(rest) and is_person(name)) or _PLACE.match(name):
            continue
        if size == 3 and word[2] in "系是为任曾现" and _STORY_BEGINS.match(word[2:]):
            continue
        return name
    return None


_PLACE = re.compile(_PLACES)


def leading_names(text: str) -> RunOn:
    """The names that ``text`` begins with, where a story may follow without a separator: '刘亮记者27日获悉'.

    Names are divided by 、 or spaces; the last one is cut where a story is likely to begin (a date, a quotation mark, a
    place, 近日 and the like), else after its third character. No names: an empty tuple and end 0.
    """
    names: list[str] = []
    at = len(text) - len(text.lstrip(" \u3000\u00a0"))
    end = 0
    while True:
        size = _leading_size(text, at)
        if not size:
            break
        names.append("".join(text[at : at + size].split()))
        end = at + size
        gap = _GAP.match(text, end)
        if gap is None or gap.end() == end:
            break
        following = _leading_size(text, gap.end(), listed=True)
        if not following:
            break
        at = gap.end()
    return RunOn(names=tuple(names), end=end)


_GAP = re.compile(r"[ \u3000\u00a0]*(?:[、，,][ \u3000\u00a0]*)?")
_SPACED = re.compile(rf"({HAN})[ \u3000\u00a0]{{1,2}}({HAN})(?!{HAN})")


def _leading_size(text: str, at: int, *, listed: bool = False) -> int:
    """How many characters from ``at`` are one name; 0 for none. ``listed``: other names stand before it."""
    dotted = _DOTTED.match(text, at)
    if dotted:
        return dotted.end() - at
    if spaced := _SPACED.match(text, at):
        return spaced.end() - at if spaced[1] in _SURNAMES else 0
    run = _HAN_RUN.match(text, at)
    if run is None:
        return 0
    length = run.end() - at
    word = text[at : at + min(length, 12)]
    if length == 3 and word[0] in _SURNAMES and word[2] in "第在从于自据" and text[run.end() : run.end() + 1].isalnum():
        return 2  # 刘硕第31届
    if length <= 3:
        return length if is_person(word) and (word[0] in _SURNAMES or not listed) else 0
    if word[0] not in _SURNAMES:
        # 贡桑拉姆“…: a name without a surname has to end where the Han characters do.
        return length if length <= 6 and is_person(word) else 0
    if length == 4 and (word[:2] in _COMPOUND or _is_transliterated(word)):
        return 4
    return _cut_size(text, at, word, listed=listed)


def _cut_size(text: str, at: int, word: str, *, listed: bool) -> int:
    sizes = (3, 4) if word[:2] in _COMPOUND else (2, 3)
    begins = [n for n in sizes if _STORY_BEGINS.match(text, at + n) and is_person(word[:n])]
    if begins:
        # Where a story might begin after either, the longer name, unless its last character begins a word of its own.
        return begins[0] if len(begins) == 1 or word[begins[0]] in _WORD_BEGINS else begins[1]
    if listed and word[0] not in _COMMON:
        return 0  # 陈康亮  农业农村部…: the story, not another name
    longest = sizes[-1]
    if word[longest - 1] in _NOT_IN_NAMES or not is_person(word[:longest]):
        return sizes[0] if is_person(word[: sizes[0]]) else 0
    return longest


_WORD_BEGINS = frozenset("第一二三四五六七八九十两系是为从在由自据对有不以这那他她我每当")
