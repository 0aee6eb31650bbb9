"""The pages of the reprint site, made of templates.

A page is a pure function of what it is given: it holds no time of its making, so the same store gives the same bytes.
Pages link relatively (``root``), so the site may lie anywhere on a host. Everything a template prints is escaped and
made :func:`~newscrawl.text.plain` but an article's body, which nh3 has cleaned.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
from attrs import asdict

from newscrawl.errors import BadOption
from newscrawl.items import Json
from newscrawl.options import Site
from newscrawl.publish import when
from newscrawl.publish.addresses import page, path_of, uri
from newscrawl.publish.beside import are_on_topic, beside
from newscrawl.publish.body import Picture, body
from newscrawl.publish.jsonld import news_article
from newscrawl.publish.lists import Bucket, Listing
from newscrawl.publish.mirrored import mirrored
from newscrawl.publish.overriding import check
from newscrawl.publish.typeset import HERE, bad_template, compiled, environment, first_list, link
from newscrawl.publish.words import words
from newscrawl.store.reader import Change


class Press:
    """Makes pages for ``site``. Templates of the package may be overridden one by one by those of a folder, its
    static files by those in that folder's ``static/``.

    Raises :class:`~newscrawl.errors.BadOption` where the folder is not there, :class:`~newscrawl.errors.BadFile` for a
    template that does not compile, asks for what there is not or would have no effect.
    """

    def __init__(self, site: Site, *, templates: Path | None = None) -> None:
        if templates and not templates.is_dir():
            raise BadOption("--templates", f"{templates} is no folder; name one that holds templates (docs/site.md)")
        self._site = site
        self._words = words(site.language)
        self._static = _static_files([HERE / "static", *([templates / "static"] if templates else [])])
        self._pages = environment(site, self._static.get("style.css", b""), templates)
        self._sources = dict(compiled(self._pages))
        if templates:
            check(self._pages, self._sources, templates)

    @cached_property
    def fingerprint(self) -> str:
        """Hex; another one whenever the code or templates of pages, static files, words or site are others."""
        digest = hashlib.sha256(json.dumps([asdict(self._site), self._words]).encode())
        code = {path.name: path.read_bytes() for path in sorted(HERE.glob("*.py"))}
        for files in (code, self._sources, self._static):
            for name, content in sorted(files.items()):
                digest.update(f"\n{name} {len(content)}\n".encode() + content)
        return digest.hexdigest()

    def static(self) -> Iterator[tuple[str, bytes]]:
        """The files that pages refer to, by their paths within the site."""
        for name, content in sorted(self._static.items()):
            yield f"static/{name}", content

    def home(self, newest: Sequence[Change], hot: Sequence[Json]) -> bytes:
        """``hot``: rows of ``hot_topics``."""
        return self._page("home.html", "", newest=newest, hot=hot)

    def topics(
        self,
        hot: Sequence[Json],
        sections: Sequence[tuple[Listing, int]],
        sources: Sequence[tuple[Listing, int]],
    ) -> bytes:
        """Hot topics, and all sections and sources with the number of their articles."""
        return self._page("topics.html", "topic/", hot=hot, sections=sections, sources=sources)

    def front(self, listing: Listing, newest: Sequence[Change], buckets: Sequence[Bucket]) -> bytes:
        """A topic's, section's or source's newest articles; ``buckets`` newest first."""
        return self._page("front.html", listing.path, listing=listing, newest=newest, buckets=buckets)

    def part(self, listing: Listing, bucket: str, number: int, articles: Sequence[Change], *, is_last: bool) -> bytes:
        """Part ``number`` (from 1) of a month or a day of a list."""
        path = listing.part(bucket, number)
        before = listing.part(bucket, number - 1) if number > 1 else None
        after = None if is_last else listing.part(bucket, number + 1)
        values = {"listing": listing, "bucket": bucket, "number": number, "articles": articles}
        return self._page("part.html", path, before=before, after=after, **values)

    def days(self, days: Sequence[Bucket]) -> bytes:
        """All days, newest first."""
        months: dict[str, list[Bucket]] = {}
        for day in days:
            months.setdefault(day.name[:7], []).append(day)
        return self._page("days.html", "day/", months=months)

    def article(self, change: Change, images: Mapping[str, Picture] | None = None) -> bytes:
        """``images``: mirrored ones by their address at the publisher's."""
        row = change.article
        assert row is not None
        pictures, path = images or {}, path_of(row["id"])
        root, topic = _root(path), first_list(change)
        near = beside(change.related, topic=topic.name if topic else None, local=row["published_local"])
        related = [one for one in near if one.kind != "story"]
        return self._page(
            "article.html",
            path,
            article=row,
            topics=change.topics,
            topic=topic,
            body=body(row["body_html"], root, self._words, pictures) if row["body_html"] else None,
            published=when.shown(row["published_local"]),
            updated=when.beside(row["updated_at"], row["published_local"]) if row["revision"] > 1 else None,
            modified=when.beside(row["modified_at"], row["published_local"]),
            canonical=self._canonical(row),
            image=self._image(row, pictures),
            jsonld=news_article(mirrored(change, self._site, pictures), self._site),
            story=[one for one in near if one.kind == "story"],
            related=related,
            are_on_topic=are_on_topic(related),
        )

    def withdrawn(self, article_id: int, at: str) -> bytes:
        """The notice that stands where the article stood; ``at`` is a stamp."""
        return self._page("withdrawn.html", path_of(article_id), at=when.beside(at, None), canonical=None)

    def search(self) -> bytes:
        """The search page."""
        return self._page("search.html", "search/")

    def about(self, sources: Sequence[Json]) -> bytes:
        """What the site is, and on what terms; ``sources``: what is known of publishers."""
        return self._page("about.html", "about/", sources=sources)

    def not_found(self) -> bytes:
        """A page that may be served at any depth: its links begin at the host's root."""
        root = f"{quote(urlsplit(self._site.base).path, safe='/%')}/"
        return self._page("404.html", "404.html", root=root, canonical=None)

    def _page(self, name: str, path: str, **values: Any) -> bytes:
        own = uri(f"{self._site.base}/{path}") if self._site.base else None
        given = {"root": _root(path), "path": path, "own": own, "canonical": own} | values
        try:
            text = self._pages.get_template(name).render(given)
        except jinja2.TemplateError as error:
            raise bad_template(error, name) from error
        return text.encode()

    def _canonical(self, row: Json) -> str | None:
        return link(row["url"]) if self._site.canonical == "source" else page(self._site, row["id"])

    def _image(self, row: Json, pictures: Mapping[str, Picture]) -> str | None:
        """The first picture's address for who links the page; only where the text may be shown, too."""
        first = row["images"][0]["url"] if row["reprint"] == "full" and row["images"] else None
        if first and first in pictures and self._site.base:
            return uri(f"{self._site.base}/{pictures[first].path}")
        return link(first)


def _root(path: str) -> str:
    """From the page at ``path`` to the site's root."""
    return "../" * path.count("/") or "./"


def _static_files(folders: Sequence[Path]) -> dict[str, bytes]:
    """By their paths below ``static/``; of several with one name the last folder's."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
