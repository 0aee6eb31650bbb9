"""Pages of a site that nobody knows which are not the ones to be stored: an AMP twin, a print view, an address that has
moved. What they say of themselves is believed with care: many a site names one address on all of its pages, and sends
all readers to one page while it is out of order."""

from __future__ import annotations

import attrs

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract.twin import is_amp, is_copy_address, is_spelling_of, original_of
from newscrawl.items import Address, FetchedPage, Link
from newscrawl.outcome import Count
from newscrawl.spiders.errand import Errand
from newscrawl.store.frontier import Again, Original
from newscrawl.text.tree import parsed

CHAIN = 5
"""So many steps from a copy of a copy to what stands for them all."""


@attrs.frozen(kw_only=True)
class Verdict:
    """Why a page is not read under its link's name."""

    problem: NotAnArticle
    instead: Link | None = None
    """By which its article is to be known."""
    is_here: bool = False
    """``instead`` is new, and this page is its."""


class Copies:
    """Of one run."""

    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._stands_for: dict[str, str] = {}
        """By the key of a link that this run turned away: that of its original."""
        self._first: dict[str, str] = {}
        """By the key of an original: that of the first link that led to it and does not look like a spelling of it."""
        self._doubted: set[str] = set()
        """Keys to which several articles lead."""
        self._to_free: set[str] = set()

    def judge(self, page: FetchedPage, link: Link, again: Again | None) -> Verdict | None:
        """None where the page is read as what it is. What is stored keeps its name whatever its page says; where it now
        redirects that is no word on it, unless it had vanished: then it is known by where it has moved to."""
        source = self._errand.source
        moved = source.address(page.url)
        if moved is not None and moved.key == link.key:
            moved = None
        if moved is not None and again is not None and again.shown:
            return Verdict(problem=NotAnArticle(Reason.MOVED_AWAY, f"{link.url} led to {page.url}"))
        if moved is not None:
            return self._of_moved(page, link, moved)
        if again is not None:
            return None
        named = original_of(page)
        address = source.address(named) if named else None
        if named is None or address is None or address.key == link.key:
            return None
        original = self._end(address.key)
        if original is None or original.key == link.key:
            return None
        if original.withdrawn:
            return self._withdrawn(original)
        if original.is_nothing or self._is_doubtful(link, original.key, named, copied=_is_copy(page)):
            return None
        return self._turned_away(link, original, named, is_here=False)

    def _of_moved(self, page: FetchedPage, link: Link, moved: Address) -> Verdict:
        original = self._end(moved.key)
        circle = original is None or original.key == link.key  # it was turned away for this one, which leads to it
        if original is None or circle:
            original = self._errand.frontier.original(moved.key)
        if original.withdrawn:
            return self._withdrawn(original)
        if original.is_nothing or self._is_doubtful(link, original.key, page.url):
            failed = Count.FRESH_FAILED + Reason.MOVED_NOWHERE.value
            self._errand.count(failed, link.key in self._errand.fresh_keys)
            return Verdict(problem=NotAnArticle(Reason.MOVED_NOWHERE, f"{link.url} led to {page.url}"))
        verdict = self._turned_away(link, original, page.url, is_here=original.key == moved.key)
        return attrs.evolve(verdict, is_here=True) if circle else verdict

    def _end(self, key: str) -> Original | None:
        """What stands for a key in the end; None for a circle."""
        for _ in range(CHAIN):
            original = self._errand.frontier.original(key)
            following = self._stands_for.get(key) or original.same_as
            if following is None:
                return original
            key = following
        return None

    def _is_doubtful(self, link: Link, original: str, url: str, *, copied: bool = False) -> bool:
        """Whether articles of other names, nothing like its own, lead to an original too: then it is none of theirs.

        The first one in a run is believed, unless an earlier one was; it is freed when the second comes."""
        if is_spelling_of(link.url, url, copied=copied):
            return False
        if original not in self._doubted:
            first = self._first.setdefault(original, link.key)
            if first == link.key and not self._unlike(original, url):
                return False
            self._doubted.add(original)
            self._to_free.add(original)
        return True

    def _unlike(self, original: str, url: str) -> list[str]:
        """Keys of the links that were turned away as copies of it and do not look like it."""
        found = self._errand.frontier.copies_of([original])
        return [key for key, of in found if not is_spelling_of(of, url, copied=is_copy_address(of))]

    def _withdrawn(self, original: Original) -> Verdict:
        detail = f"of {original.key}"
        return Verdict(problem=NotAnArticle(Reason.WITHDRAWN, detail, same_as=original.key))

    def _turned_away(self, link: Link, original: Original, url: str, *, is_here: bool) -> Verdict:
        errand = self._errand
        where = original.url or url
        instead = attrs.evolve(link, key=original.key, url=where, source=errand.source.slug_at(where))
        new = errand.frontier.record([instead])
        errand.fresh_keys.update(each.key for each in new)
        self._stands_for[link.key] = original.key
        problem = NotAnArticle(Reason.COPY, f"of {where}", same_as=original.key)
        return Verdict(problem=problem, instead=instead, is_here=is_here and bool(new))

    def freed(self, limit: int) -> list[Link]:
        """Links that were turned away and are to be asked after all: nothing came of their original, or others lead
        there, too. What was read has to be stored before."""
        frontier = self._errand.frontier
        while self._to_free:
            original = self._to_free.pop()
            freed = self._unlike(original, frontier.original(original).url or "")
            frontier.open_again(freed)
            self._stands_for |= dict.fromkeys(freed, original)
        keys = frontier.still_open(self._stands_for)[:limit] if self._stands_for else ()
        for key in keys:
            del self._stands_for[key]
        return [link for key in keys if (link := frontier.link(key)) is not None]


def _is_copy(page: FetchedPage) -> bool:
    tree = parsed(page).tree
    return is_copy_address(page.url) or (tree is not None and is_amp(tree))
