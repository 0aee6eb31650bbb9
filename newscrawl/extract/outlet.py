"""What reading needs to know of the publisher. Sources fill it in, so that nothing here has to know them."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from newscrawl.items import Address


@frozen(kw_only=True)
class Outlet:
    slug: str
    """Slug of the source, or the host of a site that no source knows."""
    address: Callable[[str], Address | None]
    """Whose article an address is; None where it is none of this outlet's."""
    name: str = ""
    """中国新闻网; a byline with this name names nobody."""
    language: str = ""
    """BCP 47; '' where it is not known."""
    zone: str = ""
    """IANA zone in which the site's clock stands; '' = by the page's language."""

    def zone_for(self, language: str) -> str:
        """The outlet's zone, else that of most sites in the language, else UTC."""
        return self.zone or zone_of_language(language)


def zone_of_language(language: str) -> str:
    """IANA zone of most sites in a language, where one can be said to be; else UTC."""
    return _ZONES.get(language.partition("-")[0], "UTC")


_ZONES = {"zh": "Asia/Shanghai", "ja": "Asia/Tokyo", "ko": "Asia/Seoul"}
