"""`fairline figures check`: counts every published figure again from the record, and says where one differs."""

from __future__ import annotations

import argparse
import sys

from fairline.core import clock
from fairline.offices import queries as offices
from fairline.oversight.auditing import audit
from fairline.seal.errors import SealError
from fairline.seal.primitives import ID_SIZE, b64, unb64


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    check = acts.add_parser("check", help="count every published figure again from the record")
    check.add_argument("--office", metavar="ID", help="only this office (default: all)")


def run(arguments: argparse.Namespace) -> int:
    """Return 0 where every figure comes out, 1 where one does not, 2 where the question was wrong."""
    try:
        only = unb64(arguments.office, ID_SIZE) if arguments.office else None
    except SealError as error:
        print(f"fairline: {error}", file=sys.stderr)
        return 2
    wrong = False
    for office in offices.offices():
        if only not in (None, office.id):
            continue
        found = audit(office, clock.today(office.zone))
        print(
            f"{b64(office.id)}: {found.files} published files and {found.closings} signed closings were counted again; "
            f"{sum(found.tests.values())} closings were said to be tests; {found.deleted} reports that were counted "
            f"are not here any more (`fairline verify` says whether they were deleted lawfully)."
        )
        for one in found.differences:
            wrong = True
            print(f"{one.place}: {one.sentence}")
    if not wrong:
        print("Every figure comes out.")
    return 1 if wrong else 0
