"""`fairline profile check FILE`: explains every problem of a profile of a law, with its line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fairline.profiles.law_checks import problems_of
from fairline.profiles.shipped import shipped, shipped_names


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    check = acts.add_parser("check", help="say of each line what is wrong with a profile")
    check.add_argument("file", metavar="FILE", help="a profile as TOML, or the id of one that we ship")
    check.add_argument("--of-office", action="store_true", help="an office's own overlay: stricter only")
    acts.add_parser("list", help="list the profiles that we ship")


def run(arguments: argparse.Namespace) -> int:
    """Return 0 where the profile can be used, 1 where it cannot, 2 where there is no such file."""
    if arguments.act == "list":
        print("\n".join(shipped_names()))
        return 0
    path = Path(arguments.file)
    text = path.read_text("utf-8") if path.is_file() else shipped(arguments.file)
    if text is None:
        print(f"fairline: there is no file {arguments.file}.", file=sys.stderr)
        return 2
    found = problems_of(text, of_office=arguments.of_office)
    for problem in found:
        print(f"{arguments.file}:{problem.line}: {problem.sentence}")
    if not found:
        print(f"{arguments.file}: this profile can be used.")
    return 1 if found else 0
