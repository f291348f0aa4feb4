"""The office door: members of an office, signed in."""

from __future__ import annotations

from fairline.core.database_urls import configuration
from fairline.core.settings import base
from fairline.core.settings.base import *  # noqa: F403 - Django's settings of all doors
from fairline.core.settings.door import door_settings

DOOR = base.FAIRLINE.doors["office"]
globals().update(door_settings(DOOR))
DATABASES = {"default": configuration(DOOR.database), "public": configuration(DOOR.content)}
MIDDLEWARE = [
    "fairline.core.headers.office_door",
    "fairline.core.language.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "fairline.core.origins.member_door",
    "fairline.offices.middleware.MemberMiddleware",
]
# Cookies ignore ports: the name says whose it is, and over TLS the prefix keeps other hosts from setting it.
MEMBER_COOKIE = "__Host-fairline-office" if DOOR.secure else "fairline-office"
HEAVY_PATHS = ("/blobs/",)
# The only documents that the workbench may hold in frames, each by its exact address: attachments are seen in them.
FRAMES = ["cases-file-player", "cases-viewer-picture", "cases-viewer-document"]
