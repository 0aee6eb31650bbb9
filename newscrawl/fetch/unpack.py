"""Undoes content codings as Scrapy's own middleware does, but a bomb is a named refusal and half a body is no body."""

from __future__ import annotations

import logging

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from newscrawl.archive.encoding import EncodedBodyError, TooLong, decode
from newscrawl.fetch.failures import BodyBroken, BodyTooLong, refuse
from newscrawl.fetch.shelf import shelf_of

logger = logging.getLogger(__name__)


class UnpackBodies(HttpCompressionMiddleware):
    """In the place of HttpCompressionMiddleware (590). A body that breaks off inside its coding is asked again
    (RETRY_TIMES), then refused with :class:`~newscrawl.fetch.failures.BodyBroken`; one that unpacks to more than
    DOWNLOAD_MAXSIZE is refused with :class:`~newscrawl.fetch.failures.BodyTooLong`."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._crawler = crawler
        self._retries = crawler.settings.getbool("RETRY_ENABLED")
        # A replay that cannot be read ends the run here, in words; in a download handler it would only be logged.
        shelf_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> UnpackBodies:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        try:
            unpacked: Request | Response = super().process_response(request, response)
        except TooLong as error:
            logger.warning("Refused: %s: %s", response.url, error)
            raise refuse(self._crawler.stats, BodyTooLong(f"{response.url}: {error}")) from error
        except EncodedBodyError as error:
            return self._again(request, response, error)
        return unpacked

    def _again(self, request: Request, response: Response, error: EncodedBodyError) -> Request:
        if self._retries and not request.meta.get("dont_retry"):
            assert self._crawler.spider is not None
            again = get_retry_request(
                request,
                spider=self._crawler.spider,
                reason=BodyBroken.word,
                max_retry_times=request.meta.get("max_retry_times"),
            )
            if again is not None:
                return again
        raise refuse(self._crawler.stats, BodyBroken(f"{response.url}: {error}")) from error

    def _handle_encoding(self, body: bytes, content_encoding: list[bytes], max_size: int) -> tuple[bytes, list[bytes]]:
        to_decode, to_keep = self._split_encodings(content_encoding)
        return decode(body, [name.decode("latin-1") for name in reversed(to_decode)], max_size), to_keep
