"""The room behind the report door, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class LineConfig(AppConfig):
    """Forms, drop and mailbox."""

    name = "fairline.line"
    label = "line"
