"""The settings of the commands and of the tests: all rooms, both databases, no door."""

from __future__ import annotations

from fairline.core.secret_files import read_or_make
from fairline.core.settings import base
from fairline.core.settings.base import *  # noqa: F403 - Django's settings of all doors

SECRET_KEY = read_or_make(base.FAIRLINE.data / "secrets" / "commands.key", 32).hex()
