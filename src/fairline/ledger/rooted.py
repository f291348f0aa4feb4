"""Whether the acts log shows a root document: the `logged` of `seal.manifest`, for whoever reads from outside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from fairline.ledger import checkpoints, merkle, promises

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairline.seal.manifest import LogClaim

GRACE = timedelta(days=7)
"""Days for which a promise stands in for inclusion: a small office's machine may rest over a holiday."""


def logged_on(today: date) -> Callable[[LogClaim], bool]:
    """Return the check for a reader whose own day is ``today``.

    For a few days a promise stands in for inclusion; from then on only inclusion counts, so that nobody forks the
    chain unseen for longer. The check raises `LedgerError` for a promise, checkpoint or proof that does not hold.
    """

    def logged(claim: LogClaim) -> bool:
        if claim.row.promise is not None:
            promise = promises.from_fields(claim.row.promise)
            promise.check(claim.record.promise)
            recent = today <= date.fromisoformat(promise.day) + GRACE
            return recent and (promise.office, promise.leaf) == (claim.office, claim.leaf)
        if claim.checkpoint is None or claim.row.index is None:
            return False
        name = checkpoints.origin(claim.record.host, claim.office, checkpoints.ACTS)
        signed = checkpoints.opened(claim.checkpoint.encode(), name, claim.record.checkpoint).checkpoint
        leaf = merkle.leaf_hash(claim.leaf)
        merkle.verify_inclusion(leaf, claim.row.index, signed.size, claim.row.hashes, signed.root)
        return True

    return logged
