"""An article on a terminal, in the order of a reprint page: breadcrumb, headline, handle and author, body, source line,
disclaimer, related. Plain text throughout: nothing an article says is markup here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from rich.console import Console
from rich.text import Text

from newscrawl.clock import unstamp
from newscrawl.options import Site
from newscrawl.text.plain import plain

WORDS = {
    "zh": {
        "hot": "热点",
        "by": "作者",
        "correspondents": "通讯员",
        "handle": "转载",
        "credit": "来源",
        "editors": "责任编辑",
        "source": "文章来源：",
        "disclaimer": "免责声明：",
        "related": "相关",
        "image": "图",
        "lead": "题图",
        "stop": "、",
        "colon": "：",
    },
    "en": {
        "hot": "Hot topics",
        "by": "By",
        "correspondents": "Correspondents",
        "handle": "Reprinted by",
        "credit": "Credit",
        "editors": "Editors",
        "source": "Source: ",
        "disclaimer": "Disclaimer: ",
        "related": "Related",
        "image": "Picture",
        "lead": "Lead picture",
        "stop": ", ",
        "colon": ": ",
    },
}


def print_article(console: Console, shown: Mapping[str, Any], site: Site) -> None:
    """``shown``: a row of ``published`` with lists for its JSON columns, plus related, topics, answered_by (and sure).

    A paragraph is one line: the terminal folds Chinese better than a word wrapper does.
    """
    words = WORDS["zh" if (shown.get("language") or "").startswith("zh") else "en"]
    topics = shown.get("topics") or []
    topic = topics[0]["topic"] if topics else shown.get("section")
    trail = [site.name, words["hot"], *([topic] if topic else []), shown["headline"] or ""]
    _say(console, " › ".join(trail), "dim")
    _say(console)
    _say(console, shown["headline"] or "", "bold")
    if shown.get("subheadline"):
        _say(console, shown["subheadline"])
    _say(console, "  ".join(_facts(shown, site, words)), "cyan")
    _say(console)
    indent = "　　" if words is WORDS["zh"] else ""
    for paragraph in (shown.get("body_text") or shown.get("summary") or "").split("\n"):
        _say(console, indent + paragraph)
    for image in shown.get("images") or []:
        _say(console, f"[{words['image']}] {image.get('caption') or image.get('alt') or ''} {image['url']}", "dim")
    if shown.get("lead_image"):
        _say(console, f"[{words['lead']}] {shown['lead_image']}", "dim")
    _say(console)
    _say(console, words["source"] + (shown.get("url") or shown.get("credit_url") or ""))
    if shown.get("disclaimer"):
        _say(console, words["disclaimer"] + shown["disclaimer"], "dim")
    _print_related(console, shown, words, topic)
    if answered := shown.get("answered_by"):
        _say(console)
        sure = shown.get("sure") or {}
        hands = (
            f"{field} {who}{f' {sure[field]:.2f}' if field in sure else ''}" for field, who in sorted(answered.items())
        )
        _say(console, " · ".join(hands), "dim")


def _say(console: Console, text: str = "", style: str = "") -> None:
    console.print(Text(plain(text), style=style), soft_wrap=True)


def _facts(shown: Mapping[str, Any], site: Site, words: Mapping[str, str]) -> list[str]:
    facts = [(shown.get("published_local") or "")[:16].replace("T", " ")]
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


def _print_related(console: Console, shown: Mapping[str, Any], words: Mapping[str, str], topic: str | None) -> None:
    related = shown.get("related") or []
    if not related:
        return
    _say(console)
    _say(console, f"{words['related']} · {topic}" if topic else words["related"], "bold")
    offset = _offset(shown.get("published_local"))
    for item in related:
        day = f"{unstamp(item['published_at']) + offset:%Y-%m-%d}" if item.get("published_at") else ""
        _say(console, f"  {day:10}  {item['headline']}")
        if item.get("summary"):
            _say(console, f"{'':14}{item['summary'][:100]}", "dim")
        if item.get("url"):
            _say(console, f"{'':14}{item['url']}", "dim")


def _offset(local: str | None) -> timedelta:
    """The article's own offset from UTC, for the days beside its related links."""
    moment = datetime.fromisoformat(local) if local else None
    return (moment.utcoffset() if moment else None) or timedelta()
