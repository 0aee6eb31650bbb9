"""Who is a person, by the shape of the name and the surname (姓); no list of persons is kept.

A name is two or three Han characters after a surname (three or four after a compound one), or has the dot of
transliteration (阿依古丽·阿不力肯), or is of transliteration characters alone (古丽胡玛尔). What ends like an outlet,
an office, a firm or a school is none, nor is a province, a city (安徽, 常州) or a remark on the text (见图, 全文完).
Everything here is asked in simplified script.
"""

from __future__ import annotations

import re

from newscrawl.text.labelled import is_no_name
from newscrawl.text.places import PROVINCES, is_place

HAN = r"[\u3400-\u9fff〇]"
DOTS = "·•‧・∙"

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤"
    "花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄"
    "米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万"
    "支柯昝管卢莫房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封芮羿储靳汲邴糜松井段富"
    "巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍"
    "赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温庄晏柴瞿阎充慕连茹习"
    "宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶曾毋沙"
    "鞠须丰巢关蒯相查荆红游竺权逯盖益桓公肖闫付覃晋岳仝亓佟佘佴邸邝仉刑冼区修仓展漆苟芦门闪阳陕青鹿隋牟眭寸行官代"
    "楚战庹禤粟栗朴琴买哈丛初谌揭敬母么旷矫由尉郄迟税银缑荔辜呼呙扎图雪瀚衣亢惠盘帅令泥况赫原过字仪召阿才旦次达德"
)
COMMON = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_COMPOUND_WORDS = """
欧阳 完颜 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙
慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷
轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五
公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 呼和
"""
COMPOUND = frozenset(_COMPOUND_WORDS.split())
# Characters of transliterated names (Uygur, Kazakh, Mongol, Tibetan); two of them make a long name one person's.
_TRANSLITERATION = frozenset(
    "阿艾哈买麦木热依克江尔孜拜提迪丽娜古扎西巴旦才让卓玛嘎桑格措次仁央尼吉罗布德曼努斯汗姆拉萨乌勒苏图那孟和其木仓琪甫坎吾帕"
    "伊力卡赛沙比别再奴玉合穆牙库肯亚娃贡拥尖希"
)
ORGANISATION = re.compile(
    r"(?:日报|晚报|早报|晨报|时报|商报|学报|快报|导报|周报|周刊|杂志|月刊|报|社|网|台|卫视|频道|客户端|融媒体?|传媒|新闻|在线|财经|经纬|"
    r"央视|党校|大学|学院|学校|中学|小学|医院|法院|检察院?|公安|警方|派出所|支队|大队|总队|中队|消防|妇联|团委|工会|文联|协会|学会|"
    r"联合会|委员会|政府|人大|政协|委|局|厅|部|署|处|科|室|所|站|院|馆|园|办|中心|公司|集团|银行|基金会|研究所|组|队|师|团|兵团|"
    r"机场|海关|税务|铁路|法治|供电|电力|气象|街道|社区|村|镇|乡|县|市|区|省|州|办事处|工作室|编辑部|评论员|专栏|供稿|供图|直通车|"
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
时间 日期 浏览 阅读 点击 字体 字号 编辑部 办公室 宣传部 小编 管理员 系统管理员 本站 未知 发布时间
英文版 摄影报道 综合报道 文字 文字整理 大公报 文汇报
"""
NO_PERSON = frozenset(_NO_PERSON_WORDS.split())
_REMARK = re.compile(
    r"[见附如上下左右前后另原]{1,2}[图表文注]|图文无关|(?:全文|本文|正文|全|已|未)?完结?|[摘选改节缩]编|[上下]?转[载自引接]?|连载.*|"
    r"单位.*|以[上下]|[上下][篇集接略]|有删[减节改]"
)
"""What the desk writes in a bracket where a name may stand; 见, 连, 全, 单 and others of its signs are surnames."""
PLACES = (
    "|".join(PROVINCES) + "|中国|国家|国务院|全国|中央|清华|复旦|南开|中山|华东|华中|华南|华北|西南|西北|东北|"
    "美国|英国|日本|韩国|俄罗斯|法国|德国|欧洲|亚洲|世界|国际|南京|武汉|杭州|广州|深圳|成都|西安|哈尔滨|大连|青岛|厦门|苏州"
)
PLACE = re.compile(PLACES)

DOTTED = re.compile(rf"{HAN}{{1,10}}(?:[{DOTS}]{HAN}{{1,10}})+")
HAN_RUN = re.compile(rf"{HAN}+")
LATIN = re.compile(r"(?!By |BY )\b[A-Z][A-Za-zÀ-ÿ'’.-]*(?: [A-Z][A-Za-zÀ-ÿ'’.-]*){1,3}")


def is_person(text: str) -> bool:
    """Whether ``text`` (one name, no spaces inside unless Latin) has the shape of a person's name."""
    if not _may_name(text):
        return False
    if DOTTED.fullmatch(text):
        return not ORGANISATION.search(text)
    if not HAN_RUN.fullmatch(text):
        return LATIN.fullmatch(text) is not None and not is_no_name(text)
    size = len(text)
    if size < 2 or (size > 3 and ORGANISATION.search(text)) or _SHORT_ORGANISATION.search(text):
        return False
    if size <= 3:
        return True
    if text[:2] in COMPOUND and size == 4:
        return True
    if size == 4:
        return _transliterating(text) >= 2 or (text[0] in COMMON and text[1] in COMMON)
    return size <= 9 and is_transliterated(text)


def _may_name(text: str) -> bool:
    """False for words, remarks and places that have the shape of a name."""
    return not (text in NO_PERSON or is_place(text) or PLACE.fullmatch(text) or _REMARK.fullmatch(text))


def has_surname(text: str) -> bool:
    """Whether a Han name begins with a surname or is a transliterated one; a Latin name always."""
    return text[0] in SURNAMES or not HAN_RUN.fullmatch(text) or is_transliterated(text)


def is_common_name(text: str) -> bool:
    """Two or three Han characters after one of the hundred commonest surnames."""
    return len(text) in (2, 3) and text[0] in COMMON and is_person(text)


def is_long_name(text: str) -> bool:
    """关喜如意, 杨虞波罗: four characters after a surname; believed only where names are listed."""
    return (
        len(text) == 4
        and text[0] in SURNAMES
        and HAN_RUN.fullmatch(text) is not None
        and _may_name(text)
        and not ORGANISATION.search(text)
        and not PLACE.match(text)
    )


def is_transliterated(word: str) -> bool:
    """Whether most of its characters are those of transliterated names."""
    return _transliterating(word) * 2 > len(word)


def _transliterating(word: str) -> int:
    return sum(sign in _TRANSLITERATION for sign in word)
