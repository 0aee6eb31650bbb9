"""In which zones a site's clocks may stand: by its host's country, by the region it declares, by its language.

The zones are IANA's, so that summer time is known; a country is here by the zones its news sites keep. Names of zones
(``EST``, ``ET``) that mean one thing everywhere are read by themselves, ``IST`` and ``CST`` by the site's place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from attrs import frozen

_HOURS: Mapping[str, float] = (
    {"Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2}
    | {"EET": 2, "EEST": 3, "MSK": 3, "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3, "PKT": 5, "WIB": 7}
    | {"EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10}
    | {"SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AWST": 8, "ACST": 9.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13}
)
"""Names that mean one offset."""
_ALL_YEAR = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
"""Names that mean a zone with its summer time."""
AMBIGUOUS = ("CST", "IST")
"""CST is six hours west in Chicago and eight east in Shanghai; IST is of India, Ireland or Israel."""

_NORTH_AMERICA = "America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles"
_CANADA = "America/Toronto America/Winnipeg America/Regina America/Edmonton America/Vancouver America/Halifax"
_AUSTRALIA = "Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Darwin Australia/Perth"
_COUNTRIES: Mapping[str, tuple[str, ...]] = {
    country: tuple(zones.split())
    for country, zones in (
        {"de": "Europe/Berlin", "at": "Europe/Vienna", "ch": "Europe/Zurich", "li": "Europe/Zurich"}
        | {"lu": "Europe/Luxembourg", "nl": "Europe/Amsterdam", "be": "Europe/Brussels", "fr": "Europe/Paris"}
        | {"it": "Europe/Rome", "es": "Europe/Madrid", "pt": "Europe/Lisbon", "ie": "Europe/Dublin"}
        | {"uk": "Europe/London", "gb": "Europe/London", "is": "Atlantic/Reykjavik", "dk": "Europe/Copenhagen"}
        | {"no": "Europe/Oslo", "se": "Europe/Stockholm", "fi": "Europe/Helsinki", "pl": "Europe/Warsaw"}
        | {"cz": "Europe/Prague", "sk": "Europe/Bratislava", "hu": "Europe/Budapest", "ro": "Europe/Bucharest"}
        | {"bg": "Europe/Sofia", "gr": "Europe/Athens", "hr": "Europe/Zagreb", "rs": "Europe/Belgrade"}
        | {"si": "Europe/Ljubljana", "ua": "Europe/Kyiv", "ru": "Europe/Moscow", "tr": "Europe/Istanbul"}
        | {"us": f"{_NORTH_AMERICA} America/Anchorage Pacific/Honolulu", "ca": _CANADA, "mx": "America/Mexico_City"}
        | {"br": "America/Sao_Paulo"}
        | {"ar": "America/Argentina/Buenos_Aires", "cl": "America/Santiago", "pe": "America/Lima"}
        | {"ve": "America/Caracas", "uy": "America/Montevideo", "za": "Africa/Johannesburg", "ng": "Africa/Lagos"}
        | {"ke": "Africa/Nairobi", "tz": "Africa/Dar_es_Salaam", "na": "Africa/Windhoek", "gh": "Africa/Accra"}
        | {"eg": "Africa/Cairo", "il": "Asia/Jerusalem", "ae": "Asia/Dubai", "sa": "Asia/Riyadh", "ir": "Asia/Tehran"}
        | {"in": "Asia/Kolkata", "pk": "Asia/Karachi", "bd": "Asia/Dhaka", "lk": "Asia/Colombo", "np": "Asia/Kathmandu"}
        | {"th": "Asia/Bangkok", "vn": "Asia/Ho_Chi_Minh", "id": "Asia/Jakarta"}
        | {"my": "Asia/Kuala_Lumpur", "sg": "Asia/Singapore", "ph": "Asia/Manila", "cn": "Asia/Shanghai"}
        | {"hk": "Asia/Hong_Kong", "mo": "Asia/Macau", "tw": "Asia/Taipei", "jp": "Asia/Tokyo", "kr": "Asia/Seoul"}
        | {"au": _AUSTRALIA, "nz": "Pacific/Auckland"}
    ).items()
}
"""By ISO 3166 code, which is the end of a host too: the zones of the national press. Left out: .co, .io, .me, .tv and
others that are sold to anybody."""
_ENGLISH = ("us", "ca", "gb", "ie", "in", "pk", "au", "nz", "za", "ng", "ke", "il", "ae", "sg", "hk", "ph")
_SPEAKING: Mapping[str, tuple[str, ...]] = (
    {"en": _ENGLISH, "es": ("es", "mx", "ar", "cl", "pe", "ve", "uy"), "pt": ("pt", "br"), "fr": ("fr", "ca")}
    | {"de": ("de",), "it": ("it",), "nl": ("nl",), "pl": ("pl",), "cs": ("cz",), "sk": ("sk",), "da": ("dk",)}
    | {"sv": ("se",), "no": ("no",), "nb": ("no",), "nn": ("no",), "fi": ("fi",), "is": ("is",), "hu": ("hu",)}
    | {"ro": ("ro",), "bg": ("bg",), "el": ("gr",), "hr": ("hr",), "sr": ("rs",), "sl": ("si",), "uk": ("ua",)}
    | {"ru": ("ru",), "tr": ("tr",), "he": ("il",), "fa": ("ir",), "hi": ("in",), "ne": ("np",), "th": ("th",)}
    | {"vi": ("vn",), "id": ("id",), "ja": ("jp",), "ko": ("kr",), "zh": ("cn", "hk", "tw", "sg")}
)
"""The countries in which most news in a language is made."""
_OF_INDIA = frozenset({"en", "hi", "bn", "ta", "te", "mr", "gu", "kn", "ml", "pa", "ur"})


@frozen(kw_only=True)
class Place:
    """Where a site stands, as far as its page tells."""

    language: str
    """Without its region."""
    country: str
    """ISO 3166, small; '' where neither the host nor the page names one."""
    zones: tuple[str, ...]
    """IANA; those its clocks may stand in. Empty: nothing is known."""

    @property
    def zone(self) -> str:
        """The zone, where there is only one that it can be, else ''."""
        return self.zones[0] if len(self.zones) == 1 else ""

    @property
    def day_first(self) -> bool:
        """Whether 05/10/2018 is in October: everywhere but in the United States, where English is taken to be from."""
        return self.country != "us" if self.country else self.language != "en"

    def allows(self, offset: timedelta, at: datetime) -> bool:
        """Whether a clock of the site can be so far from UTC at that moment."""
        return any(at.astimezone(ZoneInfo(name)).utcoffset() == offset for name in self.zones)

    @property
    def named(self) -> Mapping[str, tzinfo]:
        """What the ambiguous names of zones mean here; what cannot be told is left out."""
        return _named(self.language, self.country)


@lru_cache(maxsize=256)
def place_of(language: str, tags: tuple[str | None, ...], host: str) -> Place:
    """``tags``: what the page declares of its language ('pt-BR', 'pt_BR'). The host's country goes first; a declared
    region counts where it is that of the page's language, since templates are copied."""
    language = language.partition("-")[0]
    country = host.rpartition(".")[2]
    if country not in _COUNTRIES:
        regions = (_region(tag, language) for tag in tags if tag)
        country = next((region for region in regions if region in _COUNTRIES), "")
    countries = (country,) if country else _SPEAKING.get(language, ())
    zones = tuple(dict.fromkeys(zone for one in countries for zone in _COUNTRIES[one]))
    return Place(language=language, country="gb" if country == "uk" else country, zones=zones)


def _region(tag: str, language: str) -> str:
    first, *rest = tag.strip().lower().replace("_", "-").split("-")
    return next((part for part in rest if len(part) == 2), "") if first == language else ""


@lru_cache(maxsize=64)
def _named(language: str, country: str) -> Mapping[str, tzinfo]:
    named: dict[str, tzinfo] = {}
    if country in ("ie", "il"):
        named["IST"] = ZoneInfo(_COUNTRIES[country][0])
    elif country == "in" or (language in _OF_INDIA and country in ("", "us")):
        named["IST"] = ZoneInfo("Asia/Kolkata")
    if country in ("us", "ca", "mx"):
        named["CST"] = timezone(timedelta(hours=-6))
    elif country in ("cn", "tw", "hk", "mo") or language == "zh":
        named["CST"] = ZoneInfo("Asia/Shanghai")
    return named


@lru_cache(maxsize=64)
def zone_named(name: str) -> tzinfo | None:
    """The zone that letters name; None where they name none or more than one."""
    if name in _ALL_YEAR:
        return ZoneInfo(_ALL_YEAR[name])
    hours = _HOURS.get(name)
    return None if hours is None else timezone(timedelta(hours=hours)) if hours else UTC
