"""The room of requests for access: the one search for a person that there is, and what bounds it."""

from __future__ import annotations

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Registers requests for access: when they came, who approved them, and who has searched their own cases."""

    name = "fairline.requests"
    label = "requests"
    verbose_name = "Requests for access"
