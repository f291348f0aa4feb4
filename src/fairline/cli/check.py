"""`fairline check`: says in sentences what is wrong with this installation."""

from __future__ import annotations

import argparse

from fairline.core import clock
from fairline.core.checkups import findings


def describe(_parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(_arguments: argparse.Namespace) -> int:
    """Print every finding; return 1 if one of them must be mended."""
    found = findings(clock.now())
    for finding in sorted(found, key=lambda finding: not finding.grave):
        print(f"{'Wrong' if finding.grave else 'Note'}: {finding.sentence}")
    if not any(finding.grave for finding in found):
        print("Nothing wrong was found.")
        return 0
    return 1
