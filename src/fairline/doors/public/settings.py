"""The public door: public content only. Its process knows no other database, so no flaw in it can reach a case."""

from __future__ import annotations

from fairline.core.database_urls import configuration
from fairline.core.settings import base
from fairline.core.settings.base import *  # noqa: F403 - Django's settings of all doors
from fairline.core.settings.door import door_settings

DOOR = base.FAIRLINE.doors["public"]
globals().update(door_settings(DOOR))
DATABASES = {"default": {}, "public": configuration(DOOR.content)}
MIDDLEWARE = [
    "fairline.core.headers.public_door",
    "fairline.core.language.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "fairline.core.origins.anonymous_door",
]
