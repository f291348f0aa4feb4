"""The keys of cases out of an export: opened by the one member, and proven by the thread that they open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fairline.ledger.acts import parse_what
from fairline.seal import age
from fairline.seal.bodies import Opening, Report
from fairline.seal.casekeys import CaseKeysCheck, prove_case_keys
from fairline.seal.envelope import read_envelope
from fairline.seal.errors import RefusedError
from fairline.seal.keys import read_case_keys
from fairline.seal.primitives import b64, verifies
from fairline.seal.recipients import Identity, identity, recipient_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairline.seal.roster import ProvenEntry
    from fairline.seal.thread import Thread
    from fairline.terminal.exported import Export, ExportedCase, ExportedThread
    from fairline.terminal.unlocking import Unlocked


@dataclass(frozen=True)
class Held:
    """The keys of one case as they lie there: they open, and prove nothing before the thread has proven them.

    Attributes:
        content: the `keys` envelope.
        generations: an identity for each generation, by its number.
    """

    content: bytes = field(repr=False)
    generations: Mapping[int, Identity] = field(repr=False)


def opened(export: Export, path: str, seals: Sequence[Identity]) -> Held:
    """Open one member's copy.

    Raises:
        FairlineError: it is not there, opens for none of these, or is no such file.
    """
    content = age.unseal(export.read(path), seals)
    keys = read_case_keys(read_envelope(content).body)
    return Held(content, {one.number: identity(one.seed) for one in keys.generations})


def prove(row: ExportedThread, held: Held, thread: Thread, unlocked: Unlocked) -> None:
    """Hold the keys against the thread that they open, and against the act that must name them.

    Raises:
        RefusedError: as `seal.casekeys` says.
    """
    if row.case is None:
        raise RefusedError("keys-act", "Nobody has signed in the record for these keys.")
    report = next((post.envelope.c for post in thread.posts if isinstance(post.body, Report | Opening)), None)
    check = CaseKeysCheck(
        office=unlocked.manifest.office,
        desk=row.desk,
        thread=row.id,
        n=row.case.n,
        handovers=thread.handovers,
        report=report or b"",
        charter_of=unlocked.charters.get,
        own=frozenset(recipient_hash(one.recipient) for one in unlocked.seals),
        acted=lambda c, author: _acted(row.case, c, author),
    )
    prove_case_keys(held.content, check)


def _acted(case: ExportedCase | None, c: bytes, author: ProvenEntry) -> bool:
    return (
        case is not None
        and parse_what(case.what).fields.get("keys") == b64(c)
        and verifies(author.sign, "act", case.what, case.signature)
    )
