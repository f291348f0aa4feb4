"""The states of a thread. In clear, because the mailbox shows them and the office door must obey them."""

from __future__ import annotations

from typing import Final

ARRIVED: Final = "arrived"
ASIDE: Final = "aside"
HELD: Final = "held"
CASE: Final = "case"
CLOSED: Final = "closed"
DELETED: Final = "deleted"
"""Shredded by two people; the mailbox lives on for a while, without attachments."""
ENDED: Final = frozenset({CLOSED, ASIDE})
"""States from which something can be deleted, once its time has come."""
AT_DESK: Final = frozenset({ARRIVED, ASIDE})
"""States in which everybody of the desk reads; in all others only those who are assigned."""
