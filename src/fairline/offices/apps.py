"""The app of offices, desks, members and their keys."""

from __future__ import annotations

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    """Registers the models of this room."""

    name = "fairline.offices"
    label = "offices"
    verbose_name = "Offices"
