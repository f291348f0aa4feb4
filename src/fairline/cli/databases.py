"""What happens before a command that speaks to the databases is imported."""

from __future__ import annotations

import os

import django

from fairline.core.quiet_log import configure


def set_up() -> None:
    """Make Django ready with all rooms and both databases.

    Raises:
        SettingsError: a setting is unknown or bad.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "fairline.cli.settings"
    configure()
    django.setup(set_prefix=False)
