"""The room of forms and profiles, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """Forms and profiles as data."""

    name = "fairline.profiles"
    label = "profiles"
