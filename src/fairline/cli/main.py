"""`fairline …`: the operator's commands. Each is a module here with ``describe(parser)`` and ``run(arguments)``."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from fairline.cli.arguments import read_arguments
from fairline.cli.loading import nothing_thrown_away
from fairline.core.settings_file import SettingsError

PRIVATE: Final = 0o077
"""What we make on the disk, databases above all, is for the user who runs us and nobody else on the machine."""
STOPPED: Final = 130
"""What shells expect of a command that Ctrl-C ended."""


@dataclass(frozen=True)
class Command:
    """One command: its module, what it does in a few words, and whether it speaks to the databases."""

    module: str
    words: str
    databases: bool = True


# A command's module is imported only when it is asked for, and Django only where it is needed: the supervisor and
# the doors stay small.
COMMANDS: Final = MappingProxyType(
    {
        "run": Command("fairline.cli.run", "serve the three doors until stopped", databases=False),
        "prepare": Command("fairline.cli.prepare", "create or update the databases"),
        "check": Command("fairline.cli.check", "say in sentences what is wrong with this installation"),
        "verify": Command(
            "fairline.cli.verify", "find what was altered in the record, or check a filing proof", databases=False
        ),
        "figures": Command("fairline.cli.figures", "count every published figure again from the record"),
        "send": Command("fairline.cli.send", "seal a report here and hand it in at an address", databases=False),
        "open": Command("fairline.cli.open", "open a mailbox by its receipt, or an exported folder", databases=False),
        "export": Command("fairline.cli.export", "write an office's reports and cases, sealed as they are"),
        "backup": Command("fairline.cli.backup", "copy all of a running installation into a folder", databases=False),
        "restore": Command("fairline.cli.restore", "put a copy in place, less what was deleted since", databases=False),
        "night": Command("fairline.cli.night", "do what is due after midnight"),
        "deliver": Command("fairline.cli.deliver", "hand over the daily messages that are due, or try one"),
        "relay": Command("fairline.cli.relay", "hand what is referred to the other offices, until they promise it"),
        "profile": Command("fairline.cli.profile", "check a profile of a law, line by line", databases=False),
        "caddy": Command("fairline.cli.caddy", "print Caddy's configuration for TLS, files and hasty visitors"),
        "roles": Command("fairline.cli.roles", "print or apply each door's rights in PostgreSQL"),
    },
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status (2: it was called wrongly, or a setting is bad)."""
    os.umask(PRIVATE)
    given = list(sys.argv[1:] if arguments is None else arguments)
    listed = "\n".join(f"  {name:<10} {command.words}" for name, command in COMMANDS.items())
    if not given or given[0] in {"-h", "--help"}:
        print(f"usage: fairline COMMAND …\n\n{listed}\n\n`fairline COMMAND --help` says more.")
        return 0 if given else 2
    name = given[0]
    if name not in COMMANDS:
        print(f"fairline: there is no command {name!r}. There are:\n{listed}", file=sys.stderr)
        return 2
    command = COMMANDS[name]
    parser = argparse.ArgumentParser(prog=f"fairline {name}", description=f"{command.words.capitalize()}.")
    try:
        with nothing_thrown_away():
            if command.databases:
                importlib.import_module("fairline.cli.databases").set_up()
            module = importlib.import_module(command.module)
        module.describe(parser)
        status: int = module.run(read_arguments(parser, given[1:]))
    except SettingsError as error:
        print(f"fairline: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return STOPPED
    return status


if __name__ == "__main__":
    sys.exit(main())
