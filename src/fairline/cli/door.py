"""`python -m fairline.cli.door report`: the process of one door.

The supervisor starts it with ``--lifeline``: then it ends when its standard input does.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading

from fairline.cli.loading import nothing_thrown_away
from fairline.core import restoring
from fairline.core.serving import serve
from fairline.core.settings_file import DOORS, SettingsError, load


def _end_with_supervisor() -> None:
    """End this process when the pipe from the supervisor closes: without it nobody would ever stop this door."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> int:
    """Serve the door that is named; return 2 if none is, or a setting is bad."""
    os.umask(0o077)
    words = sys.argv[1:]
    lifeline = "--lifeline" in words
    if lifeline:
        words.remove("--lifeline")
    if len(words) != 1 or words[0] not in DOORS:
        print(f"usage: python -m fairline.cli.door {{{','.join(DOORS)}}} [--lifeline]", file=sys.stderr)
        return 2
    name = words[0]
    try:
        settings = load()
        restoring.require_whole(settings.data)
    except SettingsError as error:
        print(f"fairline: {error}", file=sys.stderr)
        return 2
    if lifeline:
        threading.Thread(target=_end_with_supervisor, daemon=True).start()
    with nothing_thrown_away():
        application = importlib.import_module(f"fairline.doors.{name}.wsgi").application
    try:
        heavy = importlib.import_module(f"fairline.doors.{name}.settings").HEAVY_PATHS
        serve(application, settings.doors[name], settings.trusted_proxy, heavy)
    except SettingsError as error:
        print(f"fairline: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
