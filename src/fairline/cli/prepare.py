"""`fairline prepare`: brings both databases to this version's tables; refuses what the rooms did not declare."""

from __future__ import annotations

import argparse
import sys

from django.core.management import call_command
from django.core.management.base import SystemCheckError



def describe(_parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(_arguments: argparse.Namespace) -> int:
    """Migrate both databases after the system checks; twice does no harm."""
    try:
        call_command("check")
    except SystemCheckError as error:
        print(error, file=sys.stderr)
        return 1
    for alias in ("default", "public"):
        call_command("migrate", database=alias, verbosity=0, interactive=False, skip_checks=True)
    return 0
