"""Article -> Article: its images are fetched and kept in the folder NEWSCRAWL_IMAGES, where that is set.

They go the way of pages: robots.txt, address guard, delays, limits, retries, the run's stop, a replay. None of it can
lose the article: an image that is not had stays referred to by its address, and is tried again when the article is.

Scrapy's own pipeline asks every image once a run and waits for it. Not Scrapy's: what is already kept is known from the
store, so that it is not asked again, or only whether it has changed; what is kept was drawn anew
(:mod:`newscrawl.pipelines.redraw`) within limits and is named by its content.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Any

import attrs
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.pipelines.images import ImagesPipeline
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.asyncio import run_in_thread
from twisted.python.failure import Failure

from newscrawl.archive.pictures import holds, put
from newscrawl.errors import StoreUnwritable
from newscrawl.fetch.failures import AddressBroken, ImageRefused, Stopped, failure_word, is_bug
from newscrawl.fetch.project import is_a_run, options_of, registry_of
from newscrawl.fetch.stopping import stop_unwritable
from newscrawl.items import Article, Picture
from newscrawl.outcome import Count
from newscrawl.pipelines.redraw import redrawn
from newscrawl.store.pictures import known
from newscrawl.store.reader import Reader
from newscrawl.terms import Policy, terms

logger = logging.getLogger(__name__)

AGAIN = timedelta(hours=6)
"""An image that has been kept for so long is asked again whether it has changed, when its article is read again and its
server gave it an ETag or Last-Modified; the others are fetched once."""
_ACCEPT = "image/jpeg,image/png,image/webp;q=0.9,image/gif;q=0.8"
NOT_MODIFIED = 304


class Images(ImagesPipeline):
    """Fills ``Article.pictures`` where the article may be shown in full; else it fetches nothing.

    Counts what is had and what is not (newscrawl/images/failed/WORD, as :func:`~newscrawl.fetch.failures.failure_word`
    has it). A folder that cannot be written ends the run.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._options = options = options_of(settings)
        assert options.images is not None
        self._folder = options.images
        super().__init__(options.images, crawler=crawler)
        self._policy = Policy(reprint=options.reprint, outlets=registry_of(settings).outlets)
        self._most = settings.getint("IMAGES_PER_ARTICLE")
        self._most_bytes = settings.getint("IMAGES_MAXSIZE")
        self._most_pixels = settings.getint("IMAGES_MAXPIXELS")
        self._drawing = asyncio.Lock()
        self._reader: Reader | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Images:
        if options_of(crawler.settings).images is None or not is_a_run(crawler):
            raise NotConfigured
        return cls(crawler)

    def close_spider(self) -> None:
        if self._reader is not None:
            self._reader.close()

    async def process_item(self, item: Article) -> Article:  # type: ignore[override]
        on = terms(self._policy, source=item.source, credit=item.credit, robots=item.robots)
        if on.mode != "full":
            return item
        seen: Article = await super().process_item(item)
        return seen

    # -- as Scrapy's pipeline asks ---------------------------------------------------------------------------------

    def get_media_requests(self, item: Article, info: Any) -> list[Request]:
        asked = [self._request(url, item) for url in self._addresses(item)]
        if broken := asked.count(None):
            self.crawler.stats.inc_value(Count.IMAGES_FAILED + AddressBroken.word, broken)
        return [request for request in asked if request is not None]

    def media_to_download(self, request: Request, info: Any, *, item: Any = None) -> Picture | None:  # type: ignore[override]
        """What is kept of it, where that is not to be asked for."""
        url = request.meta["image"]
        if self._reader is None:
            self._reader = Reader(self._options.db)
        picture = known(self._reader, [url]).get(url)
        if picture is None or not holds(self._folder, picture.file, picture.bytes):
            return None
        said = {"If-None-Match": picture.etag, "If-Modified-Since": picture.last_modified}
        if not any(said.values()) or self._options.clock.now() - picture.fetched_at < AGAIN:
            return picture
        request.meta["known"] = picture
        request.headers.update({name: value for name, value in said.items() if value})
        return None

    async def media_downloaded(  # type: ignore[override]
        self, response: Response, request: Request, info: Any, *, item: Any = None
    ) -> Picture:
        kept: Picture | None = request.meta.get("known")
        if response.status == NOT_MODIFIED and kept is not None:
            picture = kept
        elif response.status != 200:
            raise HttpError(response, f"status {response.status}")
        else:
            picture = await self._kept(request.meta["image"], response)
        self.crawler.stats.inc_value(Count.IMAGES)
        return picture

    def media_failed(self, failure: Failure, request: Request, info: Any) -> Picture | None:  # type: ignore[override]
        """Nothing, or what was kept before."""
        if isinstance(failure.value, StoreUnwritable):  # it ends the run, and is told so
            return None
        if is_bug(failure):
            self.crawler.stats.inc_value(Count.BUGS + "images")
            logger.error("A bug, at the image %s", request.url, exc_info=failure.value)
        elif not isinstance(failure.value, Stopped):
            word = failure_word(failure)
            self.crawler.stats.inc_value(Count.IMAGES_FAILED + word)
            logger.info("The image %s is not mirrored: %s (%s)", request.url, word, failure.getErrorMessage())
        kept: Picture | None = request.meta.get("known")
        return kept

    def item_completed(self, results: list[Any], item: Article, info: Any) -> Article:
        """Under the address that the article has for it: another spelling of it may have been asked."""
        pictures = []
        urls = [url for url in self._addresses(item) if self._request(url, item) is not None]
        for url, (done, picture) in zip(urls, results, strict=True):
            if not done:  # Scrapy has logged it
                self.crawler.stats.inc_value(Count.BUGS + "images")
            elif picture is not None:
                pictures.append(attrs.evolve(picture, url=url))
        return attrs.evolve(item, pictures=tuple(pictures))

    # -- one image -------------------------------------------------------------------------------------------------

    def _addresses(self, item: Article) -> list[str]:
        return list(dict.fromkeys(image.url for image in item.images))[: self._most]

    def _request(self, url: str, item: Article) -> Request | None:
        """None for what is no address: a bracket that is open, a port that is none."""
        headers = {"Accept": _ACCEPT, "Referer": item.url}
        meta = {"image": url, "download_maxsize": self._most_bytes}
        try:
            return Request(url, headers=headers, meta=meta, callback=NO_CALLBACK)
        except ValueError:
            return None

    async def _kept(self, url: str, response: Response) -> Picture:
        """Drawn in a thread, since a large one takes seconds, and one at a time, since it takes much room."""
        async with self._drawing:
            drawn = await run_in_thread(redrawn, response.body, most_pixels=self._most_pixels)
        if len(drawn.content) > self._most_bytes:
            raise ImageRefused(f"{len(drawn.content)} bytes are over IMAGES_MAXSIZE", "bytes")
        try:
            file = put(self._folder, drawn.content, drawn.ending)
        except OSError as error:
            problem = StoreUnwritable(f"the folder of mirrored images {self._folder} cannot be written: {error}")
            stop_unwritable(self.crawler, problem)
            raise problem from error
        return Picture(
            url=url,
            file=file,
            width=drawn.width,
            height=drawn.height,
            bytes=len(drawn.content),
            type=drawn.type,
            fetched_at=response.meta.get("fetched_at") or self._options.clock.now(),
            etag=_said(response, "ETag"),
            last_modified=_said(response, "Last-Modified"),
        )


def _said(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
