"""The laws that we ship, by name. Reading one whole, with its checks, is ``law_checks``.

The newest version of a law is ``data/laws/NAME.toml``; those before it stay beside it as ``NAME@VERSION.toml``, because
offices work under them until they adopt a newer one, and cases that began under them run on under them.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable


def shipped(name: str) -> str | None:
    """Return the text of a profile that we ship: the newest by its id, an earlier one by ``id@version``."""
    plain, _at, version = name.partition("@")
    if not plain.replace("-", "").isalnum() or not (version == "" or version.isdecimal()):
        return None
    file = _folder().joinpath(f"{name}.toml")
    return file.read_text("utf-8") if file.is_file() else None


@lru_cache(maxsize=64)
def versions(name: str) -> tuple[int, ...]:
    """Return the versions of a law that are shipped, oldest first.

    Raises:
        LookupError: there is none of this name.
    """
    newest = shipped(name)
    if newest is None or "@" in name:
        raise LookupError(name)
    before = f"{name}@"
    earlier = (file.name.removesuffix(".toml").removeprefix(before) for file in _folder().iterdir()
               if file.name.startswith(before))  # fmt: skip
    return tuple(sorted({*map(int, earlier), int(tomllib.loads(newest)["version"])}))


def _folder() -> Traversable:
    return resources.files("fairline.profiles").joinpath("data", "laws")


def shipped_names() -> list[str]:
    """Return the ids of all profiles that we ship."""
    names = (file.name for file in _folder().iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml") and "@" not in name)


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
