"""What sites call their pages besides articles, and the pages of a list, by language: as addresses spell it, and as
headings and links do. Pure.

One list for both: a heading is spelt as an address would spell it before it is looked up ('Quiénes somos',
``/quienes-somos``). The older words of English and pinyin are text.likeness's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_LISTS = {
    "de": "autor autoren autorin schlagwort schlagworte schlagwoerter suche suchergebnisse stichwort",
    "es": "autor autores autora etiqueta etiquetas categoria categorias buscar busqueda buscador",
    "fr": "auteur auteurs etiquette etiquettes mot-cle mots-cles categorie recherche rechercher",
    "it": "autore autori etichetta etichette categorie cerca ricerca",
    "pt": "autor autores busca pesquisa categoria categorias",
}
"""Lists of articles: of an author, of a search."""
_TOPICS = {
    "de": "thema themen",
    "es": "tema temas",
    "fr": "theme themes dossier dossiers",
    "it": "argomento argomenti",
    "pt": "assunto assuntos tema temas",
}
"""Lists of articles, below which some sites keep the articles, too."""
_HOUSE = {
    "en": "style-guide thank-you media-kit classified classifieds form forms quote quotes tv-guide tv-listings"
    " family-notices death-notices competition-rules",
    "de": "impressum datenschutz agb kontakt ueber-uns uber-uns mediadaten abo abonnement epaper e-paper anmelden"
    " registrieren gewinnspiel gewinnspiele stellenmarkt stellenanzeigen kleinanzeigen traueranzeigen todesanzeigen"
    " tv-programm fernsehprogramm branchenbuch leserservice nutzungsbedingungen",
    "es": "quienes-somos aviso-legal contacto politica-de-privacidad politica-de-cookies suscripcion"
    " suscripciones suscribete esquelas clasificados farmacias farmacias-de-guardia ofertas-de-empleo"
    " programacion-tv condiciones-de-uso",
    "fr": "qui-sommes-nous mentions-legales nous-contacter contactez-nous abonnement abonnements boutique"
    " petites-annonces avis-de-deces offres-d-emploi programme-tv plan-du-site politique-de-confidentialite",
    "it": "chi-siamo note-legali contatti abbonamenti abbonati necrologi annunci guida-tv programmi-tv",
    "pt": "quem-somos aviso-legal contato contactos assine assinaturas classificados anuncios"
    " programacao-tv politica-de-privacidade termos-de-uso",
    "zh": "节目表 节目单 电视节目表 电视节目单 作者主页 个人主页 行情 下载 下载中心 软件下载",
}
"""Pages about the site, and of what it offers besides news: notices, advertisements, a shop, what is on television."""
_SECTIONS = {
    "en": "weather weather-forecast obituaries competitions events product products whats-on",
    "de": "wetter veranstaltungen veranstaltung termine",
    "es": "tiempo agenda empleo publicidad hemeroteca",
    "fr": "meteo agenda evenements emploi publicite",
    "it": "meteo agenda eventi lavoro pubblicita",
    "pt": "tempo agenda eventos empregos publicidade",
    "zh": "天气 天气预报",
}
"""Pages of the kind that stories stand below, too, now and then."""


def _of(*kinds: Mapping[str, str]) -> frozenset[str]:
    return frozenset(word for kind in kinds for words in kind.values() for word in words.split())


HARD = _of(_LISTS, _HOUSE)
"""Names that hardly any story has in its address."""
SOFT = _of(_TOPICS, _SECTIONS)
_NAMED_LISTS, _NAMED_PAGES, _NAMED_SECTIONS = _of(_LISTS, _TOPICS), _of(_HOUSE), _of(_SECTIONS)
PAGE = r"page|seite|p[aá]gina|pag|strona|sida|side"
"""A pattern: what stands before the number of a page, ``/sport/seite-2/``."""
GOES_ON = (
    r"weiter|nächste(?: seite)?|(?:ältere|weitere) (?:artikel|beiträge|meldungen|posts?)|mehr (?:artikel|beiträge)"
    r"|suivante?s?|page suivante|(?:articles|messages|billets) (?:plus anciens|précédents)"
    r"|siguiente|página siguiente|(?:entradas|noticias|artículos|publicaciones) (?:más )?(?:antigu[ao]s|anteriores)"
    r"|próxima(?: página)?|(?:postagens|posts|notícias|mensagens) (?:mais )?antig[ao]s"
    r"|(?:postagens|notícias) anteriores|(?:pagina )?successiv[ao]"
    r"|(?:post|articoli|notizie) (?:più vecchi|precedenti|meno recenti)|次へ|다음"
)
"""A pattern: how a link says that a list goes on, English and Chinese left out."""
_APART = re.compile(r"[\W_]+")
_TODAY = re.compile(r"-(?:today|heute|hoy|oggi|hoje|今日|今天)$")
OFFER = re.compile(
    r"[$€£¥] ?\d|\d ?(?:€|(?:euros?|eur|usd|dollars?)\b|元)|\(?\bm/w/d\b|\b(?:apply (?:by|for|now|to|in)|closing date"
    r"|salary|bewerbung(?:en)?\b|vergütung|solicitudes|candidature|candidatura|currículum|lebenslauf)|薪资|月薪|投递简历",
    re.IGNORECASE,
)
"""A price, or how to apply."""


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name as addresses spell it: small, without accents, a hyphen between words."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return _APART.sub("-", "".join(sign for sign in bare if not unicodedata.combining(sign))).strip("-")


def is_house(name: str) -> bool:
    """Whether a heading, or a part of a title, is the name of such a page and nothing else."""
    return _TODAY.sub("", plain(name)) in _NAMED_PAGES


def is_section(name: str) -> bool:
    """The same of a page that may be a section's name."""
    return _TODAY.sub("", plain(name)) in _NAMED_SECTIONS


def is_list(name: str) -> bool:
    """Whether a heading says what it lists: 'Autor: …', 'Thema: …'."""
    kind, sign, rest = name.replace("：", ":").partition(":")
    return bool(sign and rest.strip()) and plain(kind) in _NAMED_LISTS
