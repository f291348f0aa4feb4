"""`python -m fairline.cli.door report`: the process of one door, as the supervisor starts it."""

from __future__ import annotations

import importlib
import sys

from fairline.core.serving import serve
from fairline.core.settings_file import DOORS, SettingsError, load


def main() -> int:
    """Serve the door that is named; return 2 if none is, or a setting is bad."""
    if len(sys.argv) != len(("door", "name")) or sys.argv[1] not in DOORS:
        print(f"usage: python -m fairline.cli.door {{{','.join(DOORS)}}}", file=sys.stderr)
        return 2
    name = sys.argv[1]
    try:
        settings = load()
    except SettingsError as error:
        print(f"fairline: {error}", file=sys.stderr)
        return 2
    application = importlib.import_module(f"fairline.doors.{name}.wsgi").application
    serve(application, settings.doors[name], settings.trusted_proxy)
    return 0


if __name__ == "__main__":
    sys.exit(main())
