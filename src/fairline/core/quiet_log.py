"""Logs that help an operator and cannot betray a visitor: no address, no path, no header, no value of a request.

Frameworks log what they were asked (paths, hosts) and databases say in their errors which value they refused. So
lines of foreign loggers keep their name, level and status only, and traces keep places in the code, never messages.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Final

OURS: Final = "fairline"


class QuietFormatter(logging.Formatter):
    """Formats a record without anything that a request brought."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and the places of a trace below it."""
        line = f"{self.formatTime(record, '%Y-%m-%d')} {record.levelname} {record.name}"
        if record.name.partition(".")[0] == OURS:
            line += f": {record.getMessage()}"
        else:
            status = getattr(record, "status_code", None)
            line += f": status {status}" if isinstance(status, int) else ""
        if record.exc_info and record.exc_info[0] is not None:
            kind, _value, trace = record.exc_info
            places = "".join(f"\n    {at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(trace))
            line += f"\n  {kind.__module__}.{kind.__qualname__}{places}"
        return line


def configure() -> None:
    """Send all logs of this process to standard error through the formatter; twice does no harm."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(QuietFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)
    # A line for each request that waits a moment: it says nothing here but its day, and a rush of reports pays for it.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
