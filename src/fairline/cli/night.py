"""`fairline night`: does what is due after midnight, once, and says when it wants to be woken next."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta
from typing import Final

from fairline.core import clock
from fairline.core.jobs import next_due
from fairline.core.nights import run_all

AGAIN: Final = timedelta(hours=1)
"""After which what failed is tried once more."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--as-of", type=datetime.fromisoformat, metavar="INSTANT", help="as if it were this ISO instant"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the jobs; return 1 if one failed. The last line of the output is ``next`` and an instant."""
    now = arguments.as_of or clock.now()
    if now.tzinfo is None:
        print("fairline: --as-of needs an instant with its offset, such as 2026-11-24T00:05:00+00:00.", file=sys.stderr)
        return 2
    failed = run_all(now)
    for name in failed:
        print(f"The nightly job {name} failed; what it had not finished, the next run does.")
    due = next_due(now)
    # What failed may be a disk that somebody makes room on by day: promises are not overdue until the night after.
    print(f"next {(min(due, now + AGAIN) if failed else due).isoformat()}")
    return 1 if failed else 0
