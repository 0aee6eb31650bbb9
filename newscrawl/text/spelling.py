"""One name for every spelling of an address on a site that nobody knows. Pure.

http and https, ``www.`` and ``m.``, a slash at the end, a default document, the order of the query, percent signs and
what is there to follow readers about (``utm_source``, a session's id) make no difference. What is dropped is a list of
its own and no library's: names of articles in the store are made of it, and must not change with somebody's release.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote_from_bytes, unquote, unquote_to_bytes

from newscrawl.text.urls import clean_path, site_of, split

_FOLLOWING_WORDS = """
spm scm from share ref source isappinstalled _ t ts nsukey share_token share_from sharefrom sharesource
share_source share_medium share_id shareto wfr wxuid wx_fmt scene subscene clicktime enterid fromvsogou
from_source fromuid fr vd_source isappinstall seid refer referer referrer ref_src ref_url refsrc cmpid icid
ncid ito xtor cid_share fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid igshid igsh
li_fat_id mc_cid mc_eid mkt_tok mibextid _hsenc _hsmi _openstat _ga _gl __twitter_impression guccounter
guce_referrer guce_referrer_sig echobox soc_src soc_trk sr_share ocid cvid wt_mc wt.mc_id s_cid vero_id
oly_enc_id oly_anon_id trk trkcampaign bdmss bd_vid qhclickid sogou_id phpsessid jsessionid aspsessionid
sessionid session_id cfid cftoken replytocom nocache _t rnd random timestamp
"""
_FOLLOWING = frozenset(_FOLLOWING_WORDS.split())
_FAMILIES = ("utm_", "mtm_", "pk_", "piwik_", "matomo_", "at_", "hsa_", "fb_action_", "aspsessionid", "ga_", "itm_")
"""How names of parameters begin."""
_BARE = frozenset({"amp", "print", "printable", "printer"})
"""Names that are said without a value and lead to another page."""
_NUMBERED = frozenset({"t", "ts"})
"""Names that are a reader's moment on most sites and a story's number on some."""
_STORY = re.compile(r"(?!(?:19|20)\d{6}$)\d{1,9}")
"""A number that is no day and no moment."""
_SID = re.compile(r"(?=\w*\d)\w{16,}")
"""The value of ``sid`` where it is a session's and no story's."""
_DEFAULT = re.compile(r"/(?:index|default)\.(?:s?html?|php|aspx?|jsp|do)$", re.IGNORECASE)
_SAFE = "/!$&'()*+,:;=@~"
_HOME = re.compile(r"/(?:(?:index|default|home)\.\w{3,5})?")


def query_of(url: str) -> tuple[tuple[str, str], ...]:
    """The parameters that may say which page it is, in their order, undone of percent signs."""
    return tuple(_undone(part) for part in _parts_of(url))


def is_home(url: str) -> bool:
    """Whether an address is a front page: no path or a default document's, and nothing asked that says which page."""
    parts = split(url)
    return parts is not None and _HOME.fullmatch(clean_path(parts.path)) is not None and not query_of(url)


def _parts_of(url: str) -> list[str]:
    """The same as they are spelt: 'id=5'."""
    parts = split(url)
    asked = [part for part in parts.query.split("&") if part] if parts is not None else []
    sure = [part for part in asked if not _follows(*_undone(part))]
    return sure or [part for part in asked if _may_name(part)]


def _may_name(part: str) -> bool:
    """Whether a parameter says which page it is where no other does: ``story.php?the-old-mill``, ``read.php?t=123``."""
    name, value = _undone(part)
    if not value:
        return bool(name.strip()) and "=" not in part and not _is_known(name)
    return name.lower() in _NUMBERED and _STORY.fullmatch(value) is not None


def _undone(part: str) -> tuple[str, str]:
    name, _, value = part.replace("+", " ").partition("=")
    return unquote(name), unquote(value)


def _follows(name: str, value: str) -> bool:
    name = name.lower()
    if not value:  # '?page=' says nothing, '?20251119' and '?amp' do
        return name not in _BARE and not any(sign.isdigit() for sign in name)
    return _is_known(name) or (name == "sid" and _SID.fullmatch(value) is not None)


def _is_known(name: str) -> bool:
    """Whether it is one of those that follow readers."""
    return name.lower() in _FOLLOWING or name.lower().startswith(_FAMILIES)


@lru_cache(maxsize=4096)
def name_of(url: str) -> str | None:
    """'example.com/a/5?id=7' for every spelling of the address; None where it is none."""
    parts = split(url)
    if parts is None:
        return None
    path = _DEFAULT.sub("/", evenly_quoted(clean_path(parts.path))).rstrip("/") or "/"
    return site_of(url) + path + _asked(sorted(_evenly_asked(part) for part in _parts_of(url)))


def address_of(url: str) -> str | None:
    """The address to ask, as it is spelt, without fragment and what follows readers about."""
    parts = split(url)
    if parts is None:
        return None
    return f"{parts.scheme}://{parts.netloc}{clean_path(parts.path)}{_asked(_parts_of(url))}"


def evenly_quoted(path: str) -> str:
    """A path with every sign that needs it as ``%E4``, be it written so, in small letters or not at all."""
    return quote_from_bytes(unquote_to_bytes(path), safe=_SAFE) if not path.isascii() or "%" in path else path


def _evenly_asked(part: str) -> str:
    """A parameter as a form sends it."""
    name, equals, value = part.replace("+", " ").partition("=")
    return quote_from_bytes(unquote_to_bytes(name)) + (equals and f"={_plus(value)}" if value else "")


def _plus(value: str) -> str:
    return quote_from_bytes(unquote_to_bytes(value), safe=" ").replace(" ", "+")


def _asked(parts: list[str]) -> str:
    return f"?{'&'.join(parts)}" if parts else ""
