"""The built scripts and styles: names with the hash of their content, and the hash that browsers check."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PREFIX: Final = "/s/"


@dataclass(frozen=True)
class Asset:
    """One built file: its address, its Subresource Integrity hash and its size in bytes before compression."""

    url: str
    integrity: str
    size: int


@lru_cache(maxsize=4)
def _read(folder: Path, _changed: int) -> Mapping[str, Asset]:
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {name: Asset(PREFIX + row["file"], row["integrity"], row["size"]) for name, row in listed.items()}


def assets() -> Mapping[str, Asset]:
    """Return every built file by its entry's name (``report-first``, ``style/report`` …).

    Raises:
        ImproperlyConfigured: nothing has been built.
    """
    folder = Path(settings.ASSETS)
    try:
        changed = (folder / "manifest.json").stat().st_mtime_ns
    except FileNotFoundError as error:
        raise ImproperlyConfigured("The pages' scripts are not built yet: run `npm run build`.") from error
    return _read(folder, changed)


def asset(name: str) -> Asset:
    """Return the built file of the entry ``name``.

    Raises:
        ImproperlyConfigured: there is no such entry.
    """
    try:
        return assets()[name]
    except KeyError as error:
        raise ImproperlyConfigured(f"No entry {name!r} was built: see the table in web/build.mjs.") from error


def content_of(name: str) -> bytes:
    """Return the bytes of the built file of the entry ``name``, for the one that cannot lie under ``/s/``.

    Raises:
        ImproperlyConfigured: there is no such entry.
    """
    return (Path(settings.ASSETS) / asset(name).url.removeprefix(PREFIX)).read_bytes()


def handed_over(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return what a page hands to its script so that it can load ``names`` later: address and integrity of each."""
    chosen = {name: asset(name) for name in names}
    return {name: {"url": file.url, "integrity": file.integrity} for name, file in chosen.items()}
