"""What every command does with the store before its own work: today's policy, and takedowns that were cut off."""

from __future__ import annotations

import sys

from newscrawl.options import Options
from newscrawl.pipelines.rights import check_policy
from newscrawl.sources import Registry
from newscrawl.store.settling import Settled, Settling
from newscrawl.store.snapshot import refresh
from newscrawl.terms import Policy
from newscrawl.withdrawing import finish


def policy_of(options: Options, registry: Registry) -> Policy:
    """NEWSCRAWL_REPRINT with the names under which the publishers are known."""
    return Policy(reprint=options.reprint, outlets=registry.outlets)


def bring_up_to_date(options: Options, registry: Registry) -> Settled:
    """Put what is stored on the terms that are set today, let embargoes end, and finish takedowns; what has changed is
    in NEWSCRAWL_SNAPSHOT at once. A copy of a store stays as it is.

    Raises :class:`~newscrawl.errors.BadOption` for a policy that cannot be meant,
    :class:`~newscrawl.errors.StoreError` where there is no store of this version or it cannot be written.
    """
    check_policy(options.reprint, registry)
    settling = Settling(options.db, policy_of(options, registry), options.site, options.clock, say=_say)
    done = settling.settle()
    if not settling.is_of_copy:
        finish(options)
    if done and options.snapshot:
        refresh(options.db, options.snapshot, option="NEWSCRAWL_SNAPSHOT")
    return done


def _say(words: str) -> None:
    print(f"newscrawl: {words}", file=sys.stderr)
