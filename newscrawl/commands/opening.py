"""What every command does with the store before its own work: today's policy, today's sources, and takedowns that were
cut off."""

from __future__ import annotations

import re
import sys
from hashlib import blake2b

from newscrawl.archive.pictures import sweep
from newscrawl.errors import Reason
from newscrawl.options import Options
from newscrawl.pipelines.rights import check_policy
from newscrawl.pipelines.store import publishers
from newscrawl.sources import Registry, Source
from newscrawl.store.adopting import Owner, Owners
from newscrawl.store.settled import PURGED
from newscrawl.store.settling import Settling, copied, copy_of
from newscrawl.store.snapshot import refresh, take
from newscrawl.terms import Policy
from newscrawl.withdrawing import finish


def policy_of(options: Options, registry: Registry) -> Policy:
    """NEWSCRAWL_REPRINT with the names under which the publishers are known."""
    return Policy(reprint=options.reprint, outlets=registry.outlets)


def owners_of(registry: Registry) -> Owners:
    """Whose an address is, as the store is told it."""
    known = {publisher.slug: publisher for publisher in publishers(registry)}

    def owner(url: str) -> Owner | None:
        source = registry.for_url(url)
        if source is None:
            return None
        none = source.not_article(url) or Reason.LIST_PAGE
        return Owner(publisher=known[source.slug], address=source.address(url), reason=none)

    said = repr(sorted(map(_declared, registry))).encode("utf-8", "replace")
    return Owners(fingerprint=blake2b(said, digest_size=16).hexdigest(), of=owner)


def _declared(source: Source) -> tuple[object, ...]:
    """All that says which addresses are its articles."""
    articles = [(_said(one.host), _said(one.path), one.key, one.url, one.counted_from) for one in source.articles]
    refused = [(_said(one.host), _said(one.path)) for one in source.refused]
    return (source.slug, source.hosts, articles, refused)


def _said(expression: re.Pattern[str] | None) -> tuple[str, int]:
    return (expression.pattern, expression.flags) if expression else ("", 0)


def bring_up_to_date(options: Options, registry: Registry, *, of_policy: bool = True, purging: bool = False) -> None:
    """Put what is stored on the terms that are set and under the sources that are known today, let embargoes end, and,
    with ``purging``, finish takedowns that were cut off and sweep NEWSCRAWL_IMAGES; NEWSCRAWL_SNAPSHOT is made anew
    where it is behind. A copy of a store stays as it is.

    Raises :class:`~newscrawl.errors.BadOption` for a policy that cannot be meant,
    :class:`~newscrawl.errors.StoreError` where there is no store of this version or it cannot be written.
    """
    check_policy(options.reprint, registry)
    policy, owners = policy_of(options, registry), owners_of(registry)
    settling = Settling(options.db, policy, options.site, options.clock, owners=owners, say=_say)
    done = settling.settle(of_policy=of_policy)
    if settling.is_of_copy:
        return
    if done.adopted:
        _say(f"{done.adopted} stored articles of sites that have a source now are stored under its name")
    if done.policy:
        _say(f"NEWSCRAWL_REPRINT (or what pages say) has put {done.policy} stored articles on other terms")
    if options.snapshot and (copy := copy_of(options.db)):
        made = take if copy == PURGED else refresh
        made(options.db, options.snapshot, option="NEWSCRAWL_SNAPSHOT")
        copied(options.db)
    if purging and options.images:
        sweep(options.images)
    if purging and (purged := finish(options)):
        for file in (*purged.outside, *purged.strange):
            _say(f"of an article that was taken down a record may be left in {file}; look at it yourself")


def _say(words: str) -> None:
    print(f"newscrawl: {words}", file=sys.stderr)
