"""`fairline roles`: prints each door's rights in PostgreSQL as SQL, or applies them."""

from __future__ import annotations

import argparse
import sys

from django.db import connections, transaction

from fairline.core.grants import statements


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--apply", action="store_true", help="run the statements as the owner of the tables")


def run(arguments: argparse.Namespace) -> int:
    """Print the statements of both databases; with ``--apply`` run them. Return 2 on SQLite, which has no roles."""
    for alias in ("default", "public"):
        if connections[alias].vendor != "postgresql":
            print(f"fairline: the {alias} database is SQLite, which knows no roles.", file=sys.stderr)
            return 2
    for alias in ("default", "public"):
        print(f"-- in the {alias} database ({connections[alias].settings_dict['NAME']})")
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            for statement in statements(alias):
                print(f"{statement};")
                if arguments.apply:
                    cursor.execute(statement)
    if not arguments.apply:
        print("-- roles fairline_report, fairline_office and fairline_public must exist: CREATE ROLE … LOGIN")
    return 0
