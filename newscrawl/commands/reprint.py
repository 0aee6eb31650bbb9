"""An article on a terminal, in the order of a reprint page: breadcrumb, headline, handle and author, body, source line,
disclaimer, related; its fields with who answered each; and on what terms it is shown. Plain text throughout: nothing an
article says is markup here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from rich.console import Console
from rich.text import Text

from newscrawl.clock import unstamp
from newscrawl.options import Site
from newscrawl.publish.beside import are_on_topic, beside
from newscrawl.publish.words import is_chinese
from newscrawl.publish.words import words as words_of
from newscrawl.text.plain import plain

FIELDS = (
    *("headline", "subheadline", "published", "modified", "authors", "correspondents", "account", "editors", "credit"),
    *("credit_url", "dateline", "section", "breadcrumbs", "keywords", "language", "summary", "body", "lead_image"),
    *("correction", "related"),
)
"""In the order in which they are told, by their names in ``answered_by``."""


def print_article(console: Console, shown: Mapping[str, Any], site: Site, *, fields_first: bool = False) -> None:
    """``shown``: a row of ``published`` with lists for its JSON columns, plus related, topics, answered_by (sure,
    terms).

    The fields stand at the end; with ``fields_first`` above the text, for who wants to know how a page was read. A
    paragraph is one line: the terminal folds Chinese better than a word wrapper does.
    """
    words = words_of(shown.get("language"))
    topics = shown.get("topics") or []
    topic = topics[0]["topic"] if topics else shown.get("section")
    trail = [site.name, words["hot"], *([topic] if topic else []), shown["headline"] or ""]
    _say(console, " › ".join(trail), "dim")
    _say(console)
    _say(console, shown["headline"] or "", "bold")
    if shown.get("subheadline"):
        _say(console, shown["subheadline"])
    _say(console, "  ".join(_facts(shown, site, words)), "cyan")
    if fields_first:
        _print_fields(console, shown, words)
    _say(console)
    indent = "　　" if is_chinese(shown.get("language")) else ""
    if text := shown.get("body_text") or shown.get("summary"):
        for paragraph in text.split("\n"):
            _say(console, indent + paragraph)
    for image in shown.get("images") or []:
        _say(console, f"[{words['image']}] {image.get('caption') or image.get('alt') or ''} {image['url']}", "dim")
    if shown.get("lead_image"):
        _say(console, f"[{words['lead']}] {shown['lead_image']}", "dim")
    if address := shown.get("url") or shown.get("credit_url"):
        _say(console)
        _say(console, words["source"] + address)
    if shown.get("disclaimer"):
        _say(console, words["disclaimer"] + shown["disclaimer"], "dim")
    _print_related(console, shown, words, topic)
    if not fields_first:
        _print_fields(console, shown, words)
    if shown.get("terms"):
        _print_terms(console, shown["terms"])


def _say(console: Console, text: str = "", style: str = "") -> None:
    console.print(Text(plain(text), style=style), soft_wrap=True)


def _facts(shown: Mapping[str, Any], site: Site, words: Mapping[str, str]) -> list[str]:
    facts = [_when(shown.get("published_local"))]
    facts.append(f"{words['handle']}{words['colon']}{site.handle}")
    for field, word in (("authors", "by"), ("correspondents", "correspondents")):
        if names := shown.get(field):
            facts.append(f"{words[word]}{words['colon']}{words['stop'].join(names)}")
    credit = shown.get("credit") or shown.get("source_name")
    if credit:
        facts.append(f"{words['credit']}{words['colon']}{credit}")
    if editors := shown.get("editors"):
        facts.append(f"{words['editors']}{words['colon']}{words['stop'].join(editors)}")
    return [fact for fact in facts if fact]


def _print_fields(console: Console, shown: Mapping[str, Any], words: Mapping[str, str]) -> None:
    """A line for each field that has a value: its name, who answered and how sure that is, the value."""
    answered, sure = shown.get("answered_by") or {}, shown.get("sure") or {}
    values = {name: value for name, value in _values(shown, words).items() if value}
    if "summary" not in answered:
        values.pop("summary", None)  # not the publisher's: the opening of the text
    _say(console)
    for name in FIELDS:
        if name in values:
            hand = " ".join([answered.get(name, "-"), *([f"{sure[name]:.2f}"] if name in sure else [])])
            _say(console, f"  {name:14}  {hand:14}  {' '.join(values[name].split())}", "dim")


def _print_terms(console: Console, terms: Mapping[str, Any]) -> None:
    """The mode, and a line for each rule that lowers it, as :func:`newscrawl.terms.terms` gives them."""
    _say(console)
    _say(console, f"Terms: {terms['mode']}{', noindex' if terms['noindex'] else ''}", "dim")
    for reason in terms["reasons"]:
        _say(console, f"  {reason['mode']:8}  {' '.join(reason['why'].split())}", "dim")


def _values(shown: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, str]:
    """Every field in words, '' where there is nothing."""
    body, related = shown.get("body_text") or "", shown.get("related") or []
    paragraphs = len(body.split("\n"))
    lists = ("authors", "correspondents", "editors", "keywords")
    return {
        **{name: shown.get(name) or "" for name in FIELDS if name not in lists},
        **{name: words["stop"].join(shown.get(name) or []) for name in lists},
        "published": _when(shown.get("published_local")),
        "modified": _modified(shown),
        "breadcrumbs": " › ".join(crumb["name"] for crumb in shown.get("breadcrumbs") or []),
        "body": f"{paragraphs} paragraphs, {len(body)} characters" if body else "",
        "related": str(len(related)) if related else "",
    }


def _when(local: str | None) -> str:
    """'2025-11-19 16:29 +08:00' of '2025-11-19T16:29:05+08:00'; a day stays a day; '' of None."""
    day, _, time = (local or "").partition("T")
    return f"{day} {time[:5]} {time[5:].lstrip('.:0123456789')}".strip()


def _modified(shown: Mapping[str, Any]) -> str:
    """In the zone of the article's publication, as far as the page shows it; else UTC."""
    if not shown.get("modified_at"):
        return ""
    zone = timezone(_offset(shown.get("published_local")))
    return _when(unstamp(shown["modified_at"]).astimezone(zone).isoformat(timespec="minutes"))


def _print_related(console: Console, shown: Mapping[str, Any], words: Mapping[str, str], topic: str | None) -> None:
    """What the site shows beside the article, under the same headings."""
    near = beside(shown.get("related") or [], topic=topic, local=shown.get("published_local"))
    others = [one for one in near if one.kind != "story"]
    heading = f"{words['related']} · {topic}" if topic and are_on_topic(others) else words["related"]
    for title, listed in ((words["story"], [one for one in near if one.kind == "story"]), (heading, others)):
        if listed:
            _say(console)
            _say(console, title, "bold")
        for one in listed:
            _say(console, f"  {one.published.day if one.published else '':10}  {one.headline}")
            if one.summary:
                _say(console, f"{'':14}{one.summary[:100]}", "dim")
            if one.url:
                _say(console, f"{'':14}{one.url}", "dim")


def _offset(local: str | None) -> timedelta:
    """The article's own offset from UTC."""
    moment = datetime.fromisoformat(local) if local else None
    return (moment.utcoffset() if moment else None) or timedelta()
