"""ninjs 3.1 (IPTC, news in JSON): an object per article; a withdrawn one is ``canceled`` and says nothing more.

Names without a vocabulary of their own in ninjs are plain words: ``rel`` of people is creator, correspondent or editor,
``role`` of infoSources publisher, credit, agency, account or reprinter, ``rel`` of associations the kind of
``published_related`` (page, topic, story) or image, ``rel`` of subjects the kind of topic. No ``copyrightHolder`` is
named: who holds it, no page says for sure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from newscrawl.items import Json
from newscrawl.options import Site
from newscrawl.publish.addresses import page, tag, uri
from newscrawl.publish.records import line
from newscrawl.store.reader import Change

STANDARD = {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"}
_ODRL = "http://www.w3.org/ns/odrl/2/"
_PEOPLE = (("authors", "creator"), ("correspondents", "correspondent"), ("editors", "editor"))


def ninjs(changes: Iterable[Change], site: Site) -> Iterator[bytes]:
    """One object a line, UTF-8."""
    for change in changes:
        yield line(item(change, site))


def item(change: Change, site: Site) -> Json:
    """The object of one article. ``versionCreated`` is when it last changed for readers, as ``changes.at`` has it."""
    name = tag(change.key)
    row = change.article
    if row is None:
        return {"uri": name, "versionCreated": change.at, "pubStatus": "canceled", "standard": STANDARD}
    told = {
        "uri": name,
        "type": "text",
        "representationType": "full" if row["reprint"] == "full" else "partial",
        "version": str(row["revision"]),
        "firstCreated": row["first_seen_at"],
        "contentCreated": row["published_at"],
        "versionCreated": change.at,
        "pubStatus": "usable",
        "copyrightNotice": row["disclaimer"],
        "usageTerms": row["disclaimer"],
        "rightsInfo": {"langId": _ODRL, "encodedRights": json.dumps(_rights(name, row), ensure_ascii=False)},
        "edNote": row["correction"],
        "language": row["language"],
        **_words(row),
        **_names(row, site),
        "subjects": [{"name": topic["topic"], "rel": topic["kind"]} for topic in change.topics],
        "altIds": _ids(row, site),
        "associations": [*_related(name, change.related), *_images(name, row["images"])],
        "standard": STANDARD,
    }
    return _present(told)


def _present(told: Json) -> Json:
    return {name: value for name, value in told.items() if value not in (None, [], "")}


def _words(row: Json) -> Json:
    """Headlines, descriptions, bodies."""
    plain, count = "text/plain", len((row["body_text"] or "").replace("\n", ""))
    headlines = (("main", row["headline"]), ("subheadline", row["subheadline"]))
    descriptions = (("summary", row["summary"]), ("dateline", row["dateline"]), ("correction", row["correction"]))
    bodies = (("text/html", row["body_html"]), (plain, row["body_text"]))
    return {
        "headlines": [{"role": role, "contentType": plain, "value": value} for role, value in headlines if value],
        "descriptions": [{"role": role, "contentType": plain, "value": value} for role, value in descriptions if value],
        "bodies": [
            {"role": "main", "contentType": form, "charCount": count, "value": value} for form, value in bodies if value
        ],
    }


def _names(row: Json, site: Site) -> Json:
    """Who wrote it, where, and through whose hands it came."""
    joiner = "、" if row["language"].startswith("zh") else ", "
    places = (row["place"] or "").split("/")
    home = urlsplit(row["url"])
    sources: list[Json] = [
        {"name": row["source_name"], "role": "publisher", "uri": uri(f"{home.scheme}://{home.netloc}/")},
        {"name": row["credit"], "role": "credit", "uri": row["credit_url"] and uri(row["credit_url"])},
        {"name": row["agency"], "role": "agency"},
        {"name": row["account"], "role": "account"},
        {"name": site.handle, "role": "reprinter", "uri": uri(f"{site.base}/") if site.base else None},
    ]
    return {
        "by": joiner.join(row["authors"]),
        "people": [{"name": name, "rel": rel} for column, rel in _PEOPLE for name in row[column]],
        "located": row["place"],
        "places": [{"name": name, "rel": "dateline"} for name in places if name],
        "infoSources": [_present(source) for source in sources if source["name"]],
    }


def _ids(row: Json, site: Site) -> list[Json]:
    known = (
        ("key", row["key"]),
        ("source-url", row["url"]),
        ("reprint-url", page(site, row["id"])),
        ("story", str(row["story_id"]) if row["story_id"] else None),
    )
    return [{"role": role, "value": value} for role, value in known if value]


def _rights(name: str, row: Json) -> Json:
    """An ODRL 2.2 set that permits nothing, since permission to reprint is not newscrawl's to give: the source is to be
    named; what the reprint mode withholds is not to be reproduced; what is ``noindex`` is not to be indexed."""
    forbidden = [*(["reproduce"] if row["reprint"] != "full" else []), *(["index"] if row["noindex"] else [])]
    told: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/odrl.jsonld",
        "@type": "Set",
        "uid": f"{name}/rights",
        "obligation": [{"target": name, "action": "attribute"}],
    }
    return told | ({"prohibition": [{"target": name, "action": word} for word in forbidden]} if forbidden else {})


def _related(name: str, rows: Iterable[Json]) -> Iterator[Json]:
    """One that the store has is named by its own id, another by its address; one that a page lists without an address
    by its place in this article."""
    for row in rows:
        address = uri(row["url"]) if row["url"] else None
        own = tag(row["related_key"]) if row["related_key"] else None
        yield _present(
            {
                "uri": own or address or f"{name}/{row['kind']}/{row['position']}",
                "name": row["headline"],
                "rel": row["kind"],
                "type": "text",
                "representationType": "partial",
                "contentCreated": row["published_at"],
                "headlines": [{"role": "main", "contentType": "text/plain", "value": row["headline"]}],
                "descriptions": [{"role": "summary", "contentType": "text/plain", "value": row["summary"]}]
                if row["summary"]
                else [],
                "altIds": [{"role": "source-url", "value": row["url"]}] if row["url"] else [],
            }
        )


def _images(name: str, images: Iterable[Json]) -> Iterator[Json]:
    for position, image in enumerate(images, 1):
        caption = image["caption"] or image["alt"]
        yield _present(
            {
                "uri": f"{name}/image/{position}",
                "name": caption or f"image {position}",
                "rel": "image",
                "type": "picture",
                "by": image["credit"],
                "descriptions": [{"role": "caption", "contentType": "text/plain", "value": caption}] if caption else [],
                "renditions": [{"name": "original", "href": uri(image["url"])}],
            }
        )
