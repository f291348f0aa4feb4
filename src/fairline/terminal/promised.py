"""An office's promises, also those of before it changed the key that signs them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from fairline.ledger.errors import PromiseError
from fairline.seal.charter import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairline.ledger.promises import Promise
    from fairline.seal.charter import ProvenCharter
    from fairline.seal.manifest import VerifiedManifest


def check_promise(promise: Promise, manifest: VerifiedManifest, charters: Mapping[int, ProvenCharter]) -> None:
    """Check it by the record key of the charter in force on its day; on the day of a new one the keys of both count.

    Raises:
        PromiseError: `promise-signature`.
    """
    of_day, day = in_force(charters.values()), date.fromisoformat(promise.day)
    keys = [one.record.promise for number, one in charters.items() if of_day(number, day) is not None]
    *others, last = keys or [manifest.charter.record.promise]
    for key in others:
        with suppress(PromiseError):
            promise.check(key)
            return
    promise.check(last)
