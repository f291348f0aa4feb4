"""Run inside an installation: publishes a fictional office's public files and the first night's record."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import django

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    django.setup(set_prefix=False)
    published = importlib.import_module("press.published")
    published.publish_manifest(until="2027-03-01")
    published.publish_account(emergency={"en": "Call 112 first.", "ar": "اتصل بالرقم 112 أولا."})
    published.publish_day(published.OFFICE)
