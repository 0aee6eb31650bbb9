"""schema.org data of an article's page: a WebPage with its breadcrumb and the NewsArticle on it.

``publisher`` is the site that the page stands on, ``sourceOrganization`` whom the text is credited to, ``isBasedOn``
the page that it was taken from, with that page's publisher. ``author`` is left out where none is named. No
``copyrightHolder``: who holds it, no page says for sure (as in ninjs.py); ``copyrightNotice`` is the disclaimer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newscrawl.items import Json
from newscrawl.options import Site
from newscrawl.publish.addresses import page, path_of, tag, uri
from newscrawl.publish.entries import summary, title
from newscrawl.publish.records import present
from newscrawl.publish.typeset import first_list
from newscrawl.publish.words import words
from newscrawl.store.reader import Change


def news_article(change: Change, site: Site) -> Json:
    """The graph of an article that may be shown; ``change.article`` is whole.

    Its texts are plain and not escaped: as HTML it wants what Jinja's ``tojson`` does. Addresses of the site are left
    out where the site has none.
    """
    row = change.article
    assert row is not None
    own = page(site, row["id"])
    return {"@context": "https://schema.org", "@type": "WebPage"} | present(
        {
            "@id": own and uri(own),
            "url": own and uri(own),
            "name": title(row),
            "inLanguage": row["language"],
            "isPartOf": _named("WebSite", site.name, uri(f"{site.base}/") if site.base else None),
            "breadcrumb": {"@type": "BreadcrumbList", "itemListElement": list(_trail(change, row, site))},
            "mainEntity": _article(change, row, site, own),
        }
    )


def _trail(change: Change, row: Json, site: Site) -> Iterator[Json]:
    """The site, its hot topics, the article's first topic, the article."""
    steps = [(site.name, ""), (words(site.language)["hot"], "topic/")]
    if topic := first_list(change):
        steps.append((topic.title, topic.path))
    steps.append((title(row), path_of(row["id"])))
    for position, (name, path) in enumerate(steps, 1):
        item = uri(f"{site.base}/{path}") if site.base else None
        yield {"@type": "ListItem", "position": position, "name": name, "item": item}


def _article(change: Change, row: Json, site: Site, own: str | None) -> Json:
    return {
        "@type": "NewsArticle",
        "identifier": tag(row["key"]),
        "url": own and uri(own),
        "mainEntityOfPage": own and uri(own),
        "headline": title(row),
        "alternativeHeadline": row["subheadline"],
        "description": summary(row, alone=False),
        "articleBody": row["body_text"],
        "dateline": row["dateline"],
        "articleSection": row["section"],
        "keywords": row["keywords"],
        "about": [
            _named("Place" if topic["kind"] == "place" else "Thing", topic["topic"])
            for topic in change.topics
            if topic["kind"] != "section"
        ],
        "inLanguage": row["language"],
        "datePublished": row["published_local"],
        "dateModified": row["modified_at"] or (row["updated_at"] if row["revision"] > 1 else None),
        **_names(row, site),
        "isBasedOn": {
            "@type": "NewsArticle",
            "url": uri(row["url"]),
            "publisher": _named("Organization", row["source_name"]),
        },
        "creditText": row["disclaimer"],
        "copyrightNotice": row["disclaimer"],
        "image": list(_images(row["images"])),
        "correction": row["correction"] and {"@type": "CorrectionComment", "text": row["correction"]},
    }


def _names(row: Json, site: Site) -> Json:
    """Who wrote it, where, for whom, and who reprints it. Of the authors, those that are outlets are no persons."""
    outlets = {row[column] for column in ("credit", "agency", "source_name", "account")}
    authors = row["authors"] or ([row["account"]] if row["account"] else [])
    return {
        "author": [_named("Organization" if name in outlets else "Person", name) for name in authors],
        "contributor": [_named("Person", name) for name in row["correspondents"]],
        "editor": [_named("Person", name) for name in row["editors"]],
        "locationCreated": [_named("Place", name) for name in (row["place"] or "").split("/") if name],
        "sourceOrganization": _named(
            "Organization",
            row["credit"] or row["source_name"],
            uri(row["credit_url"]) if row["credit"] and row["credit_url"] else None,
        ),
        "publisher": _named("Organization", site.name, uri(f"{site.base}/") if site.base else None),
    }


def _images(images: Iterable[Json]) -> Iterator[Json]:
    for image in images:
        yield {
            "@type": "ImageObject",
            "url": uri(image["url"]),
            "caption": image["caption"] or image["alt"],
            "creditText": image["credit"],
        }


def _named(kind: str, name: str, url: str | None = None) -> Json:
    return {"@type": kind, "name": name, "url": url}
