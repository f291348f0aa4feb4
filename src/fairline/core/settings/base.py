"""Django's settings that all doors share. Each door's own module adds its address, its URLs and its middleware."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from fairline.core import settings_file
from fairline.core.database_urls import configuration
from fairline.core.settings.rooms import ROOMS

FAIRLINE = settings_file.load(os.environ)
PACKAGE = Path(__file__).resolve().parents[2]
ASSETS = PACKAGE.parents[1] / "web" / "dist"

DEBUG = False
INSTALLED_APPS = list(ROOMS)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_ROUTERS = ["fairline.core.databases.Router"]
DATABASES: dict[str, dict[str, Any]] = {
    "default": configuration(FAIRLINE.database),
    "public": configuration(FAIRLINE.public_database),
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["fairline.core.page.page"]},
    },
]

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = FAIRLINE.language
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("ar", "العربية")]
LOCALE_PATHS = [PACKAGE / "locale"]

# What is larger is refused before it is read (serving.py); nothing of it is ever spooled to a file.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 << 20
FILE_UPLOAD_HANDLERS: list[str] = []
APPEND_SLASH = False
USE_X_FORWARDED_HOST = False
SECURE_CONTENT_TYPE_NOSNIFF = False  # headers.py sets it, with the others
LOGGING_CONFIG = None  # quiet_log.py: no address, no path and no value of a request in any line
OWN_ORIGINS: list[str] = []
ROOT_URLCONF = ""  # each door has its own; commands serve nothing
HEAVY_PATHS: tuple[str, ...] = ()  # attachments: they wait for texts, and never have the last thread (admission.py)
FRAMES: list[str] = []
