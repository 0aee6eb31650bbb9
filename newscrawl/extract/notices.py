"""What a page prints into a story that is none, told by its words and its links: the words of its machinery (播放,
Share, Anzeige), calls (扫码关注, Sign up …), legal notices, and pointers to other stories (Read more: …, 详情>>).

Languages are tables of plain words. A word of the machinery counts only where it is the whole line; a call has to open
the line, a pointer has to be a link.
"""

from __future__ import annotations

import re
from html import unescape

import attrs

from newscrawl.extract.blocks import Block
from newscrawl.text.traditional import simplified

_LONGEST_WORD, _LONGEST_CALL, _LONGEST_POINTER = 40, 320, 200
"""Characters."""
_LINK = re.compile(r'<a(?: href="[^"]*")?>(.*?)</a>', re.DOTALL)
"""As the walk writes it."""
_TAG = re.compile(r"<[^>]*>")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_MACHINERY = (
    r"图集|视频|音频|图片|播放(?:视频)?|点击(?:播放|观看|收听).{0,6}",
    r"点击(?:查看|放大|图片|看|浏览).{0,8}(?:大图|原图|高清图?|页)",
    r"查看(?:大图|原图|更多|全文)|点赞|赞|收藏|分享(?:到)?",
    r"举报(?:[/／]反馈)?|打印(?:本页)?|纠错|字号|\+ ?\d|(?:我要)?评论|听新闻",
    r"返回(?:顶部|首页|列表|.{1,8}查看更多)|(?:阅读|查看|展开)全文",
    r"展开(?:阅读)?(?:全文)?|(?:[上下])一篇\s*[:：].*|字号\s*[:：].*|点击下一页继续阅读|正在(?:加载|读取)中?|加载中",
    r"关闭(?:窗口)?|打印本页.{0,8}关闭窗口|发布于\s*[:：]?.{2,6}|广告|推广",
    r"(?:阅读|浏览|点击)(?:次数|量|数)?\s*[:：]?\s*\d[\d.]*万?\+?次?",
    r"advert(?:isement)?s?|advertising|sponsored|share|close",
    r"caption|comments?|text size|print|play(?: video)?|pause|mute",
    r"(?:view|see|show|load) (?:all|more)(?: comments)?|read all comments",
    r"(?:learn|read|show) more|continue reading|loading",
    r"(?:story|article) continues below.{0,20}",
    r"scroll (?:down )?to continue.{0,10}|(?:image|photo|slide) \d+ of /? ?\d+",
    r"\d+ min(?:ute)?s? read|reading time:? \d+ min\w*(?: read)?",
    r"(?:this (?:slideshow|video|site) )?requires javascript",
    r"placeholder image.{0,3}|tell us what you think|click to (?:tweet|copy|share|enlarge)",
    r"anzeige|werbung|teilen|kommentare|weiterlesen|lesezeit:? \d+ min\w*|empfohlener redaktioneller inhalt",
    r"publicité|partager|commentaires|lire la suite|temps de lecture:? \d+ min\w*",
    r"publicidade?|compart(?:ir|ilhar)|comentarios|leer más|leia mais|ti?empo de (?:lectura|leitura):? \d+ min\w*",
    r"pubblicità|condividi|commenti|advertentie|annons|annonse|annonce|reklam[ae]?|реклама|поделиться",
    r"広告|シェアする?|この記事をシェア|공유하기|광고",
)
"""What a page's buttons, players and counters say; the whole line."""
_OTHERS = (
    r"(?:延伸|推荐|相关|扩展|更多|往期|精彩)(?:阅读|新闻|文章|报道|内容|链接|推荐|回顾|专题|视频)(?:推荐)?",
    r"更多.{0,14}(?:报道|新闻|资讯|精彩|内容)|看更多.{0,16}|(?:为您|热门)推荐|猜你喜欢|大家都在看",
    r"you (?:may|might) also (?:like|be interested in)|more (?:\w+ ){0,3}(?:stories|news|articles|coverage)",
    r"more (?:from|on|like) .{1,30}|(?:read|see) (?:also|more|next)|also read|don['’]t miss|trending(?: now)?",
    r"related(?: (?:stories|articles|posts|news|content|links|coverage|topics))?|(?:top )?(?:rated )?comments",
    r"recommended(?: (?:stories|for you|reading))?|(?:most )?popular on .{1,20}",
    r"lesen sie (?:auch|mehr).{0,20}|(?:das könnte (?:sie|dich|euch)(?: auch)?|auch) interess.{0,20}",
    r"mehr (?:zum thema|aus).{0,20}|(?:à )?lire aussi|sur le même sujet",
    r"(?:también )?te (?:puede|podría) interesar|le[ea] también|más información|(?:leia|veja) também",
    r"leggi anche|lees ook|læs også|les også|läs också",
    r"(?:czytaj|zobacz) (?:więcej|także|też|również)|читайте также|по теме",
    r"あわせて読みたい|[関关][連连](?:[記记]事|キーワード|ニュース|リンク)",
    r"おすすめ(?:情[報报]|[記记]事)|(?:관련|추천) ?기사",
)
"""Headings of a list of other stories; the whole line."""
_CALL = (
    r"(?:please )?(?:click here|sign up|subscribe|register) (?:to|for|now|today|here)\b",
    r"like this (?:story|article|post)",
    r"(?:don['’]t )?forget to (?:subscribe|follow)|(?:get|download) [^.]{1,60}\b(?:app|newsletter)\b",
    r"follow (?:us\b|[^.]{1,60} on (?:facebook|twitter|x\b|instagram|youtube|telegram|tiktok|linkedin))",
    r"(?:write|send (?:an )?e-?mails?) to .{1,60}@",
    r"if you (?:enjoyed|liked) this|read (?:more|also|next)\b\W|also read\b",
    r"(?:also|see also|related(?: \w+)?|more|thema|themen|schlagw[oö]rter|etiquetas|mots-clés|tags?)\s*:",
    r"folgen sie uns|suivez-nous|síguenos|seguici|siga-nos",
)
"""What opens a call or says that other stories follow, in a line with links."""
_LETTER = re.compile(r"\bnewsletters?\b", re.IGNORECASE)
_SIGNING = re.compile(
    r"\b(?:sign(?:ing)? up|subscri|register|anmelde|abonn|bestell|inscri|suscr|iscriv|assin|aanmeld|schrijf|prenumer"
    r"|zapisz|meld)",
    re.IGNORECASE,
)
_ASKING = (
    r"^\W*(?:请|欢迎|点击|立即|微信)?(?:长按|识别|扫).{0,12}(?:二维码|扫码)",
    r"^\W*(?:请|欢迎|点击|立即)?(?:下载.{0,12}(?:客户端|APP)[^。；]{0,12}$|关注.{0,10}公众号|订阅.{0,12}(?:频道|电子报))",
)
"""What opens a line that asks to be scanned, loaded or followed."""
_SCAN = r"^[^。]{0,24}扫一扫.{0,12}(?:手机|打开|关注|分享)[^。]{0,40}$"
_NOTICE = (
    *_ASKING,
    r"^[\w\s]{0,12}版权(?:所有|声明)(?![人者])|^\W*(?:copyright|©).{0,60}版权所有",
    r"^※.{0,16}(?:提醒|关心)您\s*[:：]?",
    r"^\W*(?:投稿(?:邮箱|信箱|热线)|(?:商务|广告)合作|(?:新闻|读者)热线|标签|关键[词字])\s*[:：]",
    r"^.{0,14}点(?:个|击|一下)?(?:[“‘「【\[](?:在看|赞)|(?:在看|赞)[\W_]*$)|^点赞、",
    r"^[\W_]*(?:全文|正文)?完[\W_]*$",
    r"^\W*(?:(?:免责|特别|版权|郑重|平台)声明(?:\s*[:：]|[】\]）)])|声明\s*[:：]|更多精彩|参与互动|分享(?:到|至))",
)
"""What opens a notice or a call below a story, or is one. A story may speak of an app or of copyright: there they stand
in mid-sentence."""
_NOTICE_IN_LATIN = (
    r"^[\W_]*(?:the )?end[\W_]*$",
    r"^(?:additional |writing and )?reporting (?:and \w+ )?by .{3,200}(?:;|edit(?:ing|ed) by)",
    r"^the views (?:and opinions )?expressed (?:in (?:this|the)|here|above|are (?:those|solely))",
)
_NOTICE_INSIDE = (
    _SCAN,
    r"务经书面授权|未经.{0,10}(?:授权|许可|允许).{0,10}(?:转载|摘编|复制|转帖|镜像|链接|使用本)|转载请(?:注明|联系)|侵权必究",
    r"[無无]断(?:[転转][載载]|[複复])|무단 ?전재|仅提供信息(?:存储|发布)|不构成.{0,8}投资建议",
    r"(?:提供|征集)新闻线索|(?:报料|爆料)(?:热线|电话|微信)\s*[:：]|(?:报料|爆料)有奖|点击进入专题",
    r"更多.{0,12}(?:资讯|内容|报道|精彩).{0,8}(?:下载|关注|请)",
)
"""What is one wherever it stands in a line."""


def _one_of(rows: tuple[str, ...]) -> str:
    return "(?:" + "|".join(rows) + ")"


_IS_MACHINERY = re.compile(rf"[\W_]*{_one_of(_MACHINERY)}[\W_]*", re.IGNORECASE)
_HEADS_OTHERS = re.compile(rf"[\W_]*{_one_of(_OTHERS)}[\W_]*", re.IGNORECASE)
_IS_CALL = re.compile(rf"\W*{_one_of(_CALL)}", re.IGNORECASE)
_IS_ASKING = re.compile(_one_of((*_ASKING, _SCAN)), re.IGNORECASE)
_OPENS_NOTICE = re.compile(_one_of(_NOTICE), re.IGNORECASE)
_OPENS_IN_LATIN = re.compile(_one_of(_NOTICE_IN_LATIN), re.IGNORECASE)
_HOLDS_NOTICE = re.compile(_one_of(_NOTICE_INSIDE))
_PICTURED = re.compile(r"\W*(?:本文|文中|以上)?(?:图片|照片|配图).{0,12}(?:提供|供图|来自|来源于?)[^，。]{0,20}。?$")
"""It ends nothing: more story may stand behind it."""
_OF_OTHERS = re.compile(r"(?:本文|该文|文章|作者|平台|本[网站内稿]).{0,40}不代表.{0,24}(?:观点|立场)")
_CONTRIBUTED = re.compile(r"\bcontributed to this (?:report|story|article)\.?$", re.IGNORECASE)
_LONGEST_CONTRIBUTED = 32
"""Characters."""
_EDITION = re.compile(
    r"[\s(（《]*[^，。《》]{2,16}[\s》]*[（(]?\s*(?:19|20)\d\d\s*[-年./].{2,24}\d\s*版.{0,12}[)）]?\s*$"
)
"""《某某日报》（2024年05月20日 03版）: where the story was printed."""
_NEW_TAB = re.compile(r",?\s*\(?\bopens (?:in )?(?:a )?new (?:tab|window)\)?", re.IGNORECASE)
"""What screen readers are told of a link."""
_SHOWN = r"(?:点击)?(?:查看|阅读)?(?:详细|详情|更多|全文)"
_DETAILS = re.compile(
    rf"\s*(?:[【\[（(]\s*{_SHOWN}\s*[>＞»]*\s*[】\]）)]|{_SHOWN}\s*(?:[>＞]{{2,}}|»)|(?:[>＞]{{2,}}|»)\s*{_SHOWN})$"
)
_ENDS = ("。", "！", "？", ".", "”", "…")
"""A paragraph that is one link and ends like a sentence is story."""
_LABEL = re.compile(r"[^:：|>»]{2,40}[:：|>»]+\s*$")
_ADDRESS = re.compile(r"://|www\.|@|\.\w{2,4}$")


def link_share(block: Block) -> float:
    """Part of a block's letters that stand in links, 0 to 1."""
    if "<a" not in block.html:
        return 0.0
    whole = len(_TAG.sub("", block.html))
    return sum(len(_TAG.sub("", linked)) for linked in _LINK.findall(block.html)) / whole if whole else 0.0


def is_machinery(block: Block) -> bool:
    """Whether the line is a word of the page's machinery, or signs only (▼▼▼, U+FFFD)."""
    text = block.text
    if not text or len(text) > _LONGEST_WORD or block.kind == "table":
        return False
    return _IS_MACHINERY.fullmatch(simplified(text)) is not None or all(_is_ornament(sign) for sign in text)


def _is_ornament(sign: str) -> bool:
    """Arrows, boxes, pictures, signs for private use and what could not be decoded; no punctuation and no numbers."""
    code = ord(sign)
    arrow = 0x2190 <= code <= 0x2BFF and not 0x2460 <= code <= 0x24FF
    return sign == " " or arrow or 0xE000 <= code <= 0xF8FF or code in (0xFFFD, 0xFE0F) or code >= 0x1F000


def heads_others(block: Block) -> bool:
    """Whether the line heads a list of other stories."""
    text = block.text
    return 0 < len(text) <= _LONGEST_WORD and _HEADS_OTHERS.fullmatch(simplified(text)) is not None


def is_call(block: Block) -> bool:
    """Whether the line, which holds a link, calls for something (Sign up …) or points elsewhere (Read more: …)."""
    text = block.text
    if not text or len(text) > _LONGEST_CALL or "<a" not in block.html:
        return False
    if _LETTER.search(text) and _SIGNING.search(text):
        return True
    return _IS_CALL.match(text) is not None and link_share(block) >= 0.2


def is_pointer(block: Block) -> bool:
    """Whether a paragraph is one link to something else, with a label at most: 此前报道：…, Also read: …

    A name or an address that is a link is none, nor is an item of a list or a subheading without a label.
    """
    text = block.text
    if not text or len(text) > _LONGEST_POINTER or block.kind in ("table", "li") or "<a" not in block.html:
        return False
    links = [unescape(_TAG.sub("", linked)).strip() for linked in _LINK.findall(block.html)]
    said = " ".join(links)
    if not (len(WIDE.findall(said)) >= 6 or len(said.split()) >= 4) or _ADDRESS.search(said):
        return False
    if link_share(block) >= 0.85 and block.kind == "p":
        return not text.rstrip().endswith(_ENDS)
    before, found, after = text.partition(links[0])
    labelled = _LABEL.fullmatch(before) is not None and (WIDE.search(before) is not None or before.isupper())
    return len(links) == 1 and bool(found) and len(after.strip()) <= 3 and labelled


def is_notice(text: str) -> bool:
    """Whether a line (in simplified script) at a story's end is a legal notice, a call or a sign-off of an agency."""
    if _OPENS_IN_LATIN.match(text) or _CONTRIBUTED.search(text, max(0, len(text) - _LONGEST_CONTRIBUTED)):
        return True
    if text.isascii():
        return False
    if _OPENS_NOTICE.match(text) or _HOLDS_NOTICE.search(text):
        return True
    return "不代表" in text and _OF_OTHERS.search(text) is not None


def tells_of_pictures(text: str) -> bool:
    """Whether a line (in simplified script) says whose the story's pictures are."""
    return _PICTURED.match(text) is not None


def asks(text: str) -> bool:
    """Whether a line (in simplified script) asks to be scanned, loaded or followed, as below a QR code."""
    return _IS_ASKING.search(text) is not None


def is_edition(text: str) -> bool:
    """Whether a line says in which issue and on which page of a paper the story was printed."""
    return len(text) <= _LONGEST_WORD and "版" in text and _EDITION.match(text) is not None


def without_tail(block: Block) -> Block:
    """The block without what points elsewhere at its end (…。详情>>) and without words for screen readers."""
    text = block.text
    if "opens" in text and _NEW_TAB.search(text):
        block = attrs.evolve(block, text=_NEW_TAB.sub("", text), html=_NEW_TAB.sub("", block.html))
    elif text.endswith((">>", "＞＞", "»", "】", "]", "）", "情", "细")) and (
        found := _DETAILS.search(simplified(text))
    ):
        start = found.start()
        if start:
            block = attrs.evolve(block, text=text[:start], html=_html_without(block.html, text[start:].strip()))
    return block


def _html_without(html: str, words: str) -> str:
    """``html`` without its last words, linked or not; as it was where they are cut by marks."""
    for told in (words, words.replace(">", "&gt;")):
        at = html.rfind(told)
        if at >= 0:
            shorter = html[:at] + html[at + len(told) :]
            return re.sub(r"<a\b[^>]*>\s*</a>", "", shorter)
    return html
