"""The words with which pages head their related articles, in the languages of the press; what is no such heading."""

from __future__ import annotations

import re

LONGEST_HEADING = 40
"""Characters."""
STARTS = (
    *(
        "相关",
        "相關",
        "延伸",
        "推荐阅读",
        "推薦閱讀",
        "扩展阅读",
        "拓展阅读",
        "更多阅读",
        "此前报道",
        "早前报道",
        "早前報道",
    ),
    *("関連", "あわせて読", "관련"),
    *("Related", "related", "RELATED", "Read more", "READ MORE", "Read also", "More on th", "MORE ON TH", "See also"),
    *(
        "Mehr zum Thema",
        "Lesen Sie",
        "Weitere Artikel zu",
        "Verwandte",
        "Lire aussi",
        "lire aussi",
        "Sur le même",
        "Articles li",
    ),
    *("Noticias relacionadas", "Artículos relacionados", "Relacionad", "Lea también", "Lee también", "Leggi anche"),
    *("Articoli correlati", "Notizie correlate", "Leia também", "Leia mais", "Notícias relacionadas", "Veja também"),
    *("Lees ook", "Gerelateerd", "Читайте также", "По теме", "Материалы по теме", "Похожие", "Czytaj ", "Zobacz "),
    *("İlgili Haber", "Läs ", "Læs også", "Les også", "Lue myös", "Baca juga", "Berita terkait", "Tin liên quan"),
)
"""What a heading's own words begin with, for the cheap look."""
_TOPIC = re.compile(r"[\s【\[|·—\-★■◆●▶>»À]*(?:[^\s\0，。！？：:]{1,8})?\s?$")
"""What may stand before: a mark, a topic (太原相关问答)."""
_NOUN = (
    r"相[关關]\0?(?:新闻|新聞|阅读|閱讀|文章|内容|內容|推荐|推薦|报道|報道|報導|链接|連結|资讯|資訊|问答|問答|专题|專題|话题)"
    r"|(?:延伸|[扩拓擴]展|更多)[阅閱][读讀]|推[荐薦][阅閱][读讀]|[此早]前[报報](?:道|導)"
    r"|関連(?:記事|ニュース|リンク|する記事|コンテンツ)|あわせて読みたい|관련 ?(?:기사|뉴스)"
    r"|related(?: (?:articles?|stories|story|news|coverage|content|links|posts|reading))?"
)
_CALL = (
    r"read more|read also|more on th(?:is|e)(?: (?:story|topic))?|see also|mehr zum thema|lesen sie (?:auch|mehr|dazu)"
    r"|weitere artikel zu[mr]? ?\w{0,12}|verwandte (?:artikel|themen|beiträge)|lire aussi|sur le même (?:sujet|thème)"
    r"|articles liés|(?:noticias|artículos|notícias) relacionad[oa]s|relacionad[oa]s?|le[ae] también|leggi anche"
    r"|articoli correlati|notizie correlate|leia (?:também|mais)|veja também|lees ook|gerelateerde?(?: \w{1,12})?"
    r"|читайте также|(?:материалы )?по теме|похожие (?:материалы|новости)|czytaj (?:także|też|również|więcej)"
    r"|zobacz (?:także|też|również)|i̇?lgili haber(?:ler)?|läs (?:också|även|mer)|l[æe]s også|lue myös|baca juga"
    r"|berita terkait|tin liên quan"
)
LABEL = re.compile(
    rf"(?P<noun>{_NOUN})[^\S\0]*[\]】）)|]?[^\S\0]*(?:[:：>»›]|更多|more)*[^\S\0]*(?=\0)|"
    rf"(?P<call>{_CALL})[^\S\0]*[:：>»›]?[^\S\0]*(?=\0)",
    re.IGNORECASE,
)


def reads(text: str) -> str | None:
    """'noun' or 'call' where the text is a heading of related articles."""
    found = LABEL.search(f"{text}\0") if text else None
    if not found or len(text) > LONGEST_HEADING or not _TOPIC.fullmatch(text[: found.start()]):
        return None
    return "noun" if found["noun"] else "call" if text[: found.start()].strip() in ("", "À") else None
