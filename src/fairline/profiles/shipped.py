"""The laws that we ship, by name. Reading one whole, with its checks, is ``law_checks``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources


def shipped(name: str) -> str | None:
    """Return the text of a profile that we ship, by its id."""
    if not name.replace("-", "").isalnum():
        return None
    file = resources.files("fairline.profiles").joinpath("data", "laws", f"{name}.toml")
    return file.read_text("utf-8") if file.is_file() else None


def shipped_names() -> list[str]:
    """Return the ids of all profiles that we ship."""
    folder = resources.files("fairline.profiles").joinpath("data", "laws")
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


@lru_cache(maxsize=1)
def for_desks() -> dict[str, dict[str, str]]:
    """Return names by language of the laws that bind who receives reports; others bind organisations, not desks."""
    return _of_kind("receiver")


@lru_cache(maxsize=1)
def for_organisations() -> dict[str, dict[str, str]]:
    """Return names by language of the laws that make organisations notify their authority."""
    return _of_kind("notifier")


def _of_kind(kind: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name in shipped_names():
        said = tomllib.loads(shipped(name) or "")
        base = tomllib.loads(shipped(said["overlays"]) or "") if "overlays" in said else {}
        if (said.get("kind") or base.get("kind")) == kind:
            found[name] = dict(said.get("names") or base["names"])
    return found
