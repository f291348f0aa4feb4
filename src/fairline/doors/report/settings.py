"""The report door: anonymous. No session, no cookie, no member, nothing that would tell one visitor from another."""

from __future__ import annotations

from fairline.core.database_urls import configuration
from fairline.core.settings import base
from fairline.core.settings.base import *  # noqa: F403 - Django's settings of all doors
from fairline.core.settings.door import door_settings

DOOR = base.FAIRLINE.doors["report"]
globals().update(door_settings(DOOR))
DATABASES = {"default": configuration(DOOR.database), "public": configuration(DOOR.content)}
MIDDLEWARE = [
    "fairline.core.headers.report_door",
    "fairline.core.language.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "fairline.core.origins.anonymous_door",
]
HEAVY_PATHS = ("/blobs/", "/mailbox/part")
