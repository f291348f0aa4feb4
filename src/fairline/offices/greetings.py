"""What the operator of a new installation is told: where to set up the first office, and with which code."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from fairline.core import clock
from fairline.core.greetings import greeting
from fairline.offices.services import setting_up


@greeting
def set_up() -> Iterator[str]:
    """Say how to found the first office, until there is one. The same code is shown at each start."""
    path = settings.FAIRLINE.data / "set-up-code"
    if not setting_up.code_needed():
        path.unlink(missing_ok=True)
        return
    kept = path.read_text(encoding="ascii").strip() if path.exists() else ""
    if not setting_up.is_good(kept, clock.now()):
        kept = setting_up.new_code(clock.now())
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"{kept}\n", encoding="ascii")
    yield f"Set up the first office: {settings.FAIRLINE.doors['office'].origin}/setup#{kept}"
