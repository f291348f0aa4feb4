"""`fairline …`: the operator's commands. Each is a module here with ``describe(parser)`` and ``run(arguments)``."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from fairline.core.settings_file import SettingsError

# A command's module is imported only when it is asked for: the supervisor and the doors stay small.
COMMANDS: Final = MappingProxyType(
    {
        "run": ("fairline.cli.run", "serve the three doors until stopped"),
        "prepare": ("fairline.cli.prepare", "create or update the databases"),
        "check": ("fairline.cli.check", "say in sentences what is wrong with this installation"),
        "night": ("fairline.cli.night", "do what is due after midnight"),
        "roles": ("fairline.cli.roles", "print or apply each door's rights in PostgreSQL"),
    },
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status (2: it was called wrongly, or a setting is bad)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    listed = "\n".join(f"  {name:<10} {words}" for name, (_module, words) in COMMANDS.items())
    if not given or given[0] in {"-h", "--help"}:
        print(f"usage: fairline COMMAND …\n\n{listed}\n\n`fairline COMMAND --help` says more.")
        return 0 if given else 2
    name = given[0]
    if name not in COMMANDS:
        print(f"fairline: there is no command {name!r}. There are:\n{listed}", file=sys.stderr)
        return 2
    module, words = COMMANDS[name]
    command = importlib.import_module(module)
    parser = argparse.ArgumentParser(prog=f"fairline {name}", description=f"{words.capitalize()}.")
    command.describe(parser)
    try:
        status: int = command.run(parser.parse_args(given[1:]))
    except SettingsError as error:
        print(f"fairline: {error}", file=sys.stderr)
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main())
