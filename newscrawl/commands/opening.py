"""What every command does with the store before its own work: today's policy, and takedowns that were cut off."""

from __future__ import annotations

import sys

from newscrawl.archive.pictures import sweep
from newscrawl.options import Options
from newscrawl.pipelines.rights import check_policy
from newscrawl.sources import Registry
from newscrawl.store.settled import PURGED
from newscrawl.store.settling import Settling, copied, copy_of
from newscrawl.store.snapshot import refresh, take
from newscrawl.terms import Policy
from newscrawl.withdrawing import finish


def policy_of(options: Options, registry: Registry) -> Policy:
    """NEWSCRAWL_REPRINT with the names under which the publishers are known."""
    return Policy(reprint=options.reprint, outlets=registry.outlets)


def bring_up_to_date(options: Options, registry: Registry, *, of_policy: bool = True, purging: bool = False) -> None:
    """Put what is stored on the terms that are set today, let embargoes end, and, with ``purging``, finish takedowns
    that were cut off and
    sweep NEWSCRAWL_IMAGES; NEWSCRAWL_SNAPSHOT is made anew where it is behind. A copy of a store stays as it is.

    Raises :class:`~newscrawl.errors.BadOption` for a policy that cannot be meant,
    :class:`~newscrawl.errors.StoreError` where there is no store of this version or it cannot be written.
    """
    check_policy(options.reprint, registry)
    settling = Settling(options.db, policy_of(options, registry), options.site, options.clock, say=_say)
    done = settling.settle(of_policy=of_policy)
    if settling.is_of_copy:
        return
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
