"""What operators set (the NEWSCRAWL_* names of the contract), read once, checked, with a plain word for what is wrong.

``settings.py`` lets the environment beat its defaults and Scrapy lets ``-s`` beat both; this module only reads the
outcome, so it needs no Scrapy. Mappings and lists may come as JSON text. Relative paths count from ``base``
(scrapy.cfg's folder, else the working folder).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from attrs import field, fields, frozen

from newscrawl.clock import Clock, parse_now
from newscrawl.errors import BadOption

REPRINT_MODES = ("full", "excerpt", "link", "hold")
_MAIL = re.compile(r"(?:mailto:)?[^\s@<>\",;:]+@[^\s@<>\",;:/?#]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
"""As BCP 47 has the tags that are of use here: zh, zh-Hant, en-GB."""

MEANING: dict[str, str] = {
    "NEWSCRAWL_DB": "the store, one SQLite file",
    "NEWSCRAWL_SNAPSHOT": "a WAL-free copy of the store, replaced atomically after each run that changed something; "
    "empty = none",
    "NEWSCRAWL_ARCHIVE": "folder of the WARC files; empty = keep no pages",
    "NEWSCRAWL_REPLAY": "a .warc.gz file, a folder of them, or a JSON list: every request is answered from there, "
    "nothing goes on the network",
    "NEWSCRAWL_NOW": "an ISO time that stops the one clock, for tests and replays",
    "NEWSCRAWL_REPRINT": 'reprint policy, JSON: `full`, `excerpt`, `link` or `hold` per `"*"`, source slug, '
    'host of another site, `"credit:求是网"` or page signal (`"signal:noarchive"`); a credit goes before a source, a '
    'source before `"*"`; '
    "what the page says can only lower it; a change reaches all that is stored at the next command (docs/rights.md)",
    "NEWSCRAWL_DISCLAIMER": 'own wording of the disclaimer, JSON: per language (`{"zh": "…"}`), per source or host '
    '(`{"chinanews": "…"}`), or per source and language (`{"chinanews": {"zh": "…"}}`); placeholders '
    "`{publisher} {credit} {url} {date} {contact}`; empty = newscrawl's",
    "NEWSCRAWL_RECHECK_HOURS": "how long after publication (else first seen) an article is asked again",
    "NEWSCRAWL_ALLOW_PRIVATE_HOSTS": "hosts, addresses or networks that may be private, divided by commas or spaces",
    "NEWSCRAWL_IMAGES": "folder for the images of articles that may be shown in full, fetched with them so that a site "
    "need not point at the publisher's; empty = referenced only",
    "NEWSCRAWL_PING_URL": "asked at the end of a good whole run, and with `/fail` at its end after a bad one (as "
    "healthchecks.io has it); not in a replay; empty = nobody",
    "NEWSCRAWL_CONTACT": "address of web or mail where the crawled can complain; in the user agent",
    "NEWSCRAWL_SITE": "the reprinting site, JSON: `name`, `base` (address), `handle` (the reprinter's), `language`, "
    "`contact`, `canonical` (`source` or `self`: what the pages of `scrapy publish` name), `hub` (address of "
    "a WebSub hub that its feeds name)",
}
"""Every setting and what it does. docs/settings.md is printed from here."""


@frozen(kw_only=True)
class Site:
    """The reprinting site (NEWSCRAWL_SITE)."""

    name: str = "newscrawl"
    base: str = ""
    """Base address, without a trailing slash."""
    handle: str = "newscrawl"
    """The reprinter's handle printed under the headline."""
    language: str = "zh"
    contact: str = ""
    """Where to write to have something removed; NEWSCRAWL_CONTACT where not given."""
    canonical: str = "source"
    """What an article's page names as its canonical address: the 'source', or it'self'."""
    hub: str = ""
    """Address of a WebSub hub that the feeds name; '' where there is none."""


@frozen(kw_only=True)
class Options:
    db: Path
    snapshot: Path | None
    archive: Path | None
    """Folder of the WARC files; None = keep no pages."""
    replay: tuple[Path, ...]
    """WARC files or folders that answer every request; () = the network does."""
    now: datetime | None
    reprint: Mapping[str, str]
    disclaimer: Mapping[str, Any] | None
    recheck_hours: float
    allow_private_hosts: tuple[str, ...]
    images: Path | None
    ping_url: str | None
    contact: str
    site: Site
    clock: Clock = field(eq=False)

    @classmethod
    def read(cls, settings: Mapping[str, Any], base: Path | None = None) -> Options:
        """Read and check every NEWSCRAWL_* value of ``settings`` (a Scrapy Settings object will do).

        Raises :class:`~newscrawl.errors.BadOption`, which names the setting.
        """
        here = base or Path.cwd()
        now_text = _text(settings, "NEWSCRAWL_NOW")
        now = parse_now(now_text) if now_text else None
        contact = _text(settings, "NEWSCRAWL_CONTACT") or ""
        if not _can_be_written_to(contact):
            raise BadOption("NEWSCRAWL_CONTACT", f"{contact!r} is no address of web or mail; write desk@news.example")
        return cls(
            db=_path(settings, "NEWSCRAWL_DB", here) or here / "data" / "news.db",
            snapshot=_path(settings, "NEWSCRAWL_SNAPSHOT", here),
            archive=_path(settings, "NEWSCRAWL_ARCHIVE", here),
            replay=_paths(settings, "NEWSCRAWL_REPLAY", here),
            now=now,
            reprint=_reprint(settings),
            disclaimer=_mapping(settings, "NEWSCRAWL_DISCLAIMER") or None,
            recheck_hours=_number(settings, "NEWSCRAWL_RECHECK_HOURS", 48.0),
            allow_private_hosts=_hosts(settings, "NEWSCRAWL_ALLOW_PRIVATE_HOSTS"),
            images=_path(settings, "NEWSCRAWL_IMAGES", here),
            ping_url=_address(settings, "NEWSCRAWL_PING_URL"),
            contact=contact,
            site=_site(settings, contact),
            clock=Clock(now),
        )


def _text(settings: Mapping[str, Any], name: str) -> str | None:
    value = settings.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str | Path):
        raise BadOption(name, f"should be text, not {value!r}")
    return str(value).strip() or None


def _address(settings: Mapping[str, Any], name: str) -> str | None:
    """An address of the web that can be asked as it stands."""
    text = _text(settings, name)
    if text is None:
        return None
    if not _is_of_web(text) or not text.isascii():
        raise BadOption(name, f"{text!r} is no address; write https://HOST/PATH, without a user or spaces")
    return text


def _is_of_web(text: str) -> bool:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError:  # [::1, a port that is no number
        return False
    return bool(usable) and text.isprintable() and " " not in text


def _can_be_written_to(contact: str) -> bool:
    """Whether it is an address of web or mail, or none at all."""
    return not contact or _is_of_web(contact) or (bool(_MAIL.fullmatch(contact)) and contact.isprintable())


def _path(settings: Mapping[str, Any], name: str, base: Path) -> Path | None:
    text = _text(settings, name)
    return base / Path(text).expanduser() if text else None


def _json(settings: Mapping[str, Any], name: str) -> Any:
    value = settings.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value.strip() else None
    except ValueError as error:
        raise BadOption(name, f"is not JSON ({error}): {value[:60]!r}") from None


def _mapping(settings: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = _json(settings, name)
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise BadOption(name, f"should be a mapping (JSON object), not {value!r}")
    return dict(value)


def _words(settings: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list: real, JSON, or words divided by commas or spaces."""
    value = settings.get(name)
    if value is None:
        return ()
    if isinstance(value, str):
        value = _json(settings, name) if value.lstrip().startswith("[") else value.replace(",", " ").split()
    if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
        raise BadOption(name, f"should be a list of names, not {value!r}")
    return tuple(value)


def _hosts(settings: Mapping[str, Any], name: str) -> tuple[str, ...]:
    words = _words(settings, name)
    for word in words:
        if "/" in word:
            try:
                ip_network(word, strict=False)
            except ValueError:
                raise BadOption(name, f"{word!r} is no network; write 10.0.0.0/8, or a host's name") from None
    return words


def _paths(settings: Mapping[str, Any], name: str, base: Path) -> tuple[Path, ...]:
    """One path, or a list (real or JSON) of them; each must exist."""
    value = settings.get(name)
    if isinstance(value, str) and not value.lstrip().startswith("["):
        value = [value] if value.strip() else []
    elif isinstance(value, Path):
        value = [str(value)]
    else:
        value = list(_words(settings, name))
    paths = tuple(base / Path(text).expanduser() for text in value)
    for path in paths:
        if not path.exists():
            raise BadOption(name, f"{path} does not exist; name a .warc.gz file or a folder of them")
    return paths


def _number(settings: Mapping[str, Any], name: str, default: float) -> float:
    value = settings.get(name)
    if value is None or value == "":
        return default
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise BadOption(name, f"should be a number, not {value!r}") from None
    if not 0 <= number < 1e6:
        raise BadOption(name, f"should be a number of hours from 0, not {value!r}")
    return number


def _reprint(settings: Mapping[str, Any]) -> dict[str, str]:
    policy = {"*": "full", **_mapping(settings, "NEWSCRAWL_REPRINT")}
    for key, mode in policy.items():
        if mode not in REPRINT_MODES:
            raise BadOption("NEWSCRAWL_REPRINT", f"{key!r} is {mode!r}; use one of {', '.join(REPRINT_MODES)}")
    return policy


def _site(settings: Mapping[str, Any], contact: str) -> Site:
    given = _mapping(settings, "NEWSCRAWL_SITE")
    known = {field.name for field in fields(Site)}
    for key, value in given.items():
        if key not in known:
            raise BadOption("NEWSCRAWL_SITE", f"does not know {key!r}; it takes {', '.join(sorted(known))}")
        if not isinstance(value, str):
            raise BadOption("NEWSCRAWL_SITE", f"{key!r} should be text, not {value!r}")
    given.setdefault("contact", contact)
    given.setdefault("handle", given.get("name", "newscrawl"))
    for key in ("base", "hub"):
        if (address := given.get(key)) and not (_is_of_web(address) and (key == "hub" or not set("?#") & set(address))):
            raise BadOption("NEWSCRAWL_SITE", f"{key!r} should be an address (https://news.example), not {address!r}")
    if given.get("canonical", "source") not in ("source", "self"):
        raise BadOption("NEWSCRAWL_SITE", f"'canonical' is 'source' or 'self', not {given['canonical']!r}")
    if not _can_be_written_to(given["contact"]):
        problem = f"'contact' should be an address of web or mail (desk@news.example), not {given['contact']!r}"
        raise BadOption("NEWSCRAWL_SITE", problem)
    if "language" in given and not _LANGUAGE.fullmatch(given["language"]):
        raise BadOption("NEWSCRAWL_SITE", f"'language' should be a tag (zh, zh-Hant, en), not {given['language']!r}")
    if "base" in given:
        given["base"] = given["base"].rstrip("/")
    return Site(**given)
