"""An article on a terminal, in the order of a reprint page: breadcrumb, headline, handle and author, body, source line,
disclaimer, related. Plain text throughout: nothing an article says is markup here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from newscrawl.options import Site

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
        "stop": ", ",
        "colon": ": ",
    },
}


def print_article(console: Console, shown: Mapping[str, Any], site: Site) -> None:
    """``shown``: a row of ``published`` with lists for its JSON columns, plus related, topics, answered_by."""
    words = WORDS["zh" if (shown.get("language") or "").startswith("zh") else "en"]
    topics = shown.get("topics") or []
    topic = topics[0]["topic"] if topics else shown.get("section")
    trail = [site.name, words["hot"], *([topic] if topic else []), shown["headline"] or ""]
    console.print(Text(" › ".join(trail), style="dim"))
    console.print()
    console.print(Text(shown["headline"] or "", style="bold"))
    if shown.get("subheadline"):
        console.print(Text(shown["subheadline"]))
    console.print(Text("  ".join(_facts(shown, site, words)), style="cyan"))
    console.print()
    indent = "　　" if words is WORDS["zh"] else ""
    for paragraph in (shown.get("body_text") or shown.get("summary") or "").split("\n"):
        console.print(Text(indent + paragraph))
    for image in shown.get("images") or []:
        console.print(Text(f"[{words['image']}] {image.get('caption') or ''} {image['url']}", style="dim"))
    console.print()
    console.print(Text(words["source"] + (shown.get("url") or "")))
    if shown.get("disclaimer"):
        console.print(Text(words["disclaimer"] + shown["disclaimer"], style="dim"))
    _print_related(console, shown, words, topic)
    if answered := shown.get("answered_by"):
        console.print()
        console.print(Text(" · ".join(f"{field} {who}" for field, who in sorted(answered.items())), style="dim"))


def _facts(shown: Mapping[str, Any], site: Site, words: Mapping[str, str]) -> list[str]:
    facts = [(shown.get("published_local") or "").replace("T", " "), f"{words['handle']}{words['colon']}{site.handle}"]
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
    console.print()
    heading = f"{words['related']} · {topic}" if topic else words["related"]
    console.print(Text(heading, style="bold"))
    for item in related:
        day = (item.get("published_at") or "")[:10].ljust(10)
        console.print(Text.assemble(("  " + day, "dim"), "  ", item["headline"]))
        if item.get("summary"):
            console.print(Padding(Text(item["summary"], style="dim"), (0, 0, 0, 14)))
        console.print(Padding(Text(item["url"], style="dim"), (0, 0, 0, 14)))
