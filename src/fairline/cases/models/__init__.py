"""What the office keeps of its own work on a thread: who declared what, who has read how far, who wrote when.

Nothing here says a word of what was written. The sealed files themselves are the line's; what lies here sealed are
the pages of the members' and the desks' indexes (docs/formats.md §13).
"""

from fairline.cases.models.cases import AsideBatch, Case, CaseAct, CaseKeys, Counted, Slip
from fairline.cases.models.clocks import Absence, ClockEvent
from fairline.cases.models.concerned import Clearance, HearingStep
from fairline.cases.models.copies import Copy, CopyAnswer
from fairline.cases.models.ending import DeletedThread, Deletion, DeletionReader, Hold
from fairline.cases.models.index import Index, IndexDelta, IndexPage
from fairline.cases.models.taken import TakenIn
from fairline.cases.models.threads import Declaration, Doing, ReadMark
from fairline.cases.models.words import (
    ASIDE,
    ASKED_DELETION,
    ASKED_HOLD,
    CLOSED_IT,
    CONFIRMED,
    DECLARED,
    DESK,
    ENDED_MAILBOX,
    EXPORTED,
    GAVE_OUTSIDE,
    HELD_BACK,
    LAPSED,
    MEMBER,
    NONE,
    OPENED,
    OPENED_MAILBOX,
    READ,
    REFUSED,
    REKEYED,
    REOPENED,
    SET_ALIKE,
    SET_ASIDE,
    STEPPED_ASIDE,
    TOOK_IN,
    TOOK_OVER,
    TOOK_PART,
    TRIAGED,
    WROTE,
)

__all__ = [
    "ASIDE",
    "ASKED_DELETION",
    "ASKED_HOLD",
    "CLOSED_IT",
    "CONFIRMED",
    "DECLARED",
    "DESK",
    "ENDED_MAILBOX",
    "EXPORTED",
    "GAVE_OUTSIDE",
    "HELD_BACK",
    "LAPSED",
    "MEMBER",
    "NONE",
    "OPENED",
    "OPENED_MAILBOX",
    "READ",
    "REFUSED",
    "REKEYED",
    "REOPENED",
    "SET_ALIKE",
    "SET_ASIDE",
    "STEPPED_ASIDE",
    "TOOK_IN",
    "TOOK_OVER",
    "TOOK_PART",
    "TRIAGED",
    "WROTE",
    "Absence",
    "AsideBatch",
    "Case",
    "CaseAct",
    "CaseKeys",
    "Clearance",
    "ClockEvent",
    "Copy",
    "CopyAnswer",
    "Counted",
    "Declaration",
    "DeletedThread",
    "Deletion",
    "DeletionReader",
    "Doing",
    "HearingStep",
    "Hold",
    "Index",
    "IndexDelta",
    "IndexPage",
    "ReadMark",
    "Slip",
    "TakenIn",
]
