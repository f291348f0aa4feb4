"""`python -m fairline.profiles.notices_for_pages`: prints what laws have whom told, as the pages know it.

It goes into the pages themselves, whose bytes are known by their hash: a mailbox takes nobody's word for a right.
"""

from __future__ import annotations

import json
from typing import Any

from fairline.profiles.law_checks import shipped_law
from fairline.profiles.laws import Notice, Status
from fairline.profiles.shipped import for_desks


def text() -> str:
    """Return the whole file: by law, those rows that somebody has read or that are the office's own."""
    found = {}
    for name in sorted(for_desks()):
        notices = shipped_law(name).notices.values()
        found[name] = [_row(one) for one in notices if one.basis.status is not Status.UNVERIFIED]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _row(notice: Notice) -> dict[str, Any]:
    basis = notice.basis
    days = {"from": basis.effective_from, "until": basis.until}
    return {
        "whom": notice.whom, "when": notice.when, "text": dict(notice.text),
        "source": basis.source if basis.is_law else "",
    } | {name: day.isoformat() for name, day in days.items() if day is not None}  # fmt: skip


if __name__ == "__main__":
    print(text(), end="")  # noqa: T201 - what is printed is the file
