"""A middleware with a bug, to be put in the place of UnpackBodies."""

from __future__ import annotations

from typing import Any

from newscrawl.fetch.unpack import UnpackBodies


class Buggy(UnpackBodies):
    """Wrong about a page's body, right about robots.txt."""

    def process_response(self, request: Any, response: Any) -> Any:
        if request.url.endswith("/robots.txt"):
            return super().process_response(request, response)
        return response.body + "a bug"
