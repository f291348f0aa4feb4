"""Django's test client behind one door: its URLs, its middleware, its cookies, as its process would have them."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

ROOT = Path(__file__).resolve().parents[2]
OF_A_DOOR = ("ROOT_URLCONF", "ALLOWED_HOSTS", "OWN_ORIGINS", "MIDDLEWARE", "DOOR", "MEMBER_COOKIE", "FRAMES")


class DoorClient(Client):
    """A client that sends what a page of the door's own would send with each request."""

    def __init__(self, origin: str, **defaults: Any) -> None:
        super().__init__(
            headers={"Host": origin.partition("://")[2], "Origin": origin, "Sec-Fetch-Site": "same-origin"}, **defaults
        )


def door_overrides(name: str) -> dict[str, Any]:
    """Return the settings in which the door `name` differs from the commands'."""
    module = importlib.import_module(f"fairline.doors.{name}.settings")
    return {setting: getattr(module, setting) for setting in OF_A_DOOR if hasattr(module, setting)}


@pytest.fixture(scope="session")
def built_pages() -> None:
    """The pages' scripts and styles, built once if a source is newer than the last build."""
    web = ROOT / "web"
    manifest = web / "dist" / "manifest.json"
    built = manifest.stat().st_mtime if manifest.exists() else 0.0
    sources = [path for path in web.rglob("*") if path.suffix in {".ts", ".css", ".mjs"} and "dist" not in path.parts]
    sources += (ROOT / "src" / "fairline" / "locale").rglob("*.po")
    if any(path.stat().st_mtime > built for path in sources):
        subprocess.run([sys.executable, "-m", "fairline.locale.compile"], cwd=ROOT, check=True)
        # What cannot be built says so here; a test that needs it then fails for want of it, and no other.
        subprocess.run(["node", "web/build.mjs"], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)


def _client(name: str) -> Iterator[DoorClient]:
    settings = door_overrides(name)
    with override_settings(**settings):
        yield DoorClient(settings["DOOR"].origin)


@pytest.fixture
def report_client(built_pages: None) -> Iterator[DoorClient]:
    """A client of the report door."""
    yield from _client("report")


@pytest.fixture
def office_client(built_pages: None) -> Iterator[DoorClient]:
    """A client of the office door, signed in as nobody."""
    yield from _client("office")


@pytest.fixture
def public_client(built_pages: None) -> Iterator[DoorClient]:
    """A client of the public door."""
    yield from _client("public")
