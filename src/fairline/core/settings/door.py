"""What a door's settings module takes from the installation: its own hosts, its own secret, its own URLs."""

from __future__ import annotations

from typing import Any

from fairline.core.secret_files import read_or_make
from fairline.core.settings.base import FAIRLINE
from fairline.core.settings_file import Door


def door_settings(door: Door) -> dict[str, Any]:
    """Return Django's settings that differ from door to door by name and address only."""
    return {
        "ROOT_URLCONF": f"fairline.doors.{door.name}.urls",
        "ALLOWED_HOSTS": [host.rpartition(":")[0] or host for host in door.hosts],
        "OWN_ORIGINS": list(door.origins),
        "SECRET_KEY": read_or_make(FAIRLINE.data / "secrets" / f"{door.name}.key", 32).hex(),
    }
