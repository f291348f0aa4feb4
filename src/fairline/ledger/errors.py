"""What can be wrong with the record, as one branch of the tree of refusals.

Codes are the same in Python and TypeScript and are held together by `vectors/ledger.json`.
"""

from __future__ import annotations

from fairline.seal.errors import FairlineError


class LedgerError(FairlineError):
    """Any refusal of this room."""


class ProofError(LedgerError):
    """A proof does not lead from what it starts with to the root it claims."""


class NoteError(LedgerError):
    """A signed note or checkpoint is malformed, or not signed by the key that must sign it."""


class PromiseError(LedgerError):
    """A promise, act or notice is malformed or not signed by the key that must sign it."""


class BatchError(LedgerError):
    """A published batch is not the one that its checkpoint names."""


class RecordForkError(LedgerError):
    """Two statements of one log that cannot both be true: proof that its keeper shows different records."""


class DayClosedError(LedgerError):
    """A leaf was to be promised for a day whose batch is out: promise it for the next day instead."""


class CounterTakenError(LedgerError):
    """Another act of this member came first (compare-and-swap): load again, sign again."""


class UnknownRecordError(LedgerError):
    """There is no such log, day or leaf."""
