"""`fairline verify`: finds whatever was altered or removed in the record; or checks a filing proof off-line."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a filing proof; needs no installation")
    parser.add_argument("--fingerprint", metavar="TEXT", help="of the office, from a poster or a letter")
    parser.add_argument("--language", metavar="TAG", help="with FILE: language of sentences, such as en, zh-Hans, ar")
    parser.add_argument("--office", metavar="ID", help="only this office (default: all)")
    parser.add_argument("--promise", type=Path, metavar="FILE", help="an acknowledgement that somebody shows")
    parser.add_argument("--since", type=Path, metavar="FILE", help="a checkpoint kept earlier, to compare with")


def run(arguments: argparse.Namespace) -> int:
    """Check what was named; return 0 if it holds, 1 if not, 2 if the question was wrong.

    Raises:
        SettingsError: a setting of the installation is bad.
    """
    # Who holds a filing proof has no installation: databases are looked for where they are asked about.
    if arguments.file is not None:
        module = importlib.import_module("fairline.cli.verify_filing")
    else:
        importlib.import_module("fairline.cli.databases").set_up()
        module = importlib.import_module("fairline.cli.verify_record")
    status: int = module.run(arguments)
    return status
