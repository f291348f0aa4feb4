"""The app of the daily message and of the line's health."""

from __future__ import annotations

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Registers the models of this room."""

    name = "fairline.notify"
    label = "notify"
    verbose_name = "Daily message and health"
