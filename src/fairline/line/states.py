"""The states of a thread. In clear, because the mailbox shows them and the office door must obey them."""

from __future__ import annotations

from typing import Final

ARRIVED: Final = "arrived"
ASIDE: Final = "aside"
HELD: Final = "held"
CASE: Final = "case"
CLOSED: Final = "closed"
AT_DESK: Final = frozenset({ARRIVED, ASIDE})
"""States in which everybody of the desk reads; in all others only those who are assigned."""
