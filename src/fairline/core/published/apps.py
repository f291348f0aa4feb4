"""The app that holds public content in the public database."""

from __future__ import annotations

from django.apps import AppConfig


class PublishedConfig(AppConfig):
    """Registers the models of public files."""

    name = "fairline.core.published"
    label = "published"
    verbose_name = "Public files"
