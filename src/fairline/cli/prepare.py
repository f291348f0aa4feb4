"""`fairline prepare`: brings both databases to this version's tables; refuses what the rooms did not declare.

Its output is what the rooms say to the operator.
"""

from __future__ import annotations

import argparse
import io
import sys

from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from fairline.core.greetings import all_lines


def describe(_parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(_arguments: argparse.Namespace) -> int:
    """Migrate both databases after the system checks; twice does no harm."""
    try:
        call_command("check", stdout=io.StringIO())
    except SystemCheckError as error:
        print(error, file=sys.stderr)
        return 1
    for alias in ("default", "public"):
        if _behind(alias):
            call_command("migrate", database=alias, verbosity=0, interactive=False, skip_checks=True)
    for line in all_lines():
        print(line)
    return 0


def _behind(alias: str) -> bool:
    """Whether a database lacks tables of this version.

    Where it does not, as at all starts but the first, `migrate` would build every model of every version once more.
    """
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
