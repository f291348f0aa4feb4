"""A release that brings newer files of laws, as a test has it: the shipped ones, and some of them once more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fairline.profiles import adopting, law_checks, own_rows, shipped, versions

CACHED = (
    shipped.versions, shipped.for_desks, shipped.for_organisations, law_checks.shipped_law, adopting.adopted,
    own_rows._laid, versions._reached,
)  # fmt: skip


@contextmanager
def newer(folder: Path, monkeypatch: pytest.MonkeyPatch, law: str, *changes: tuple[str, str]) -> Iterator[None]:
    """Ship version 2 of ``law``: its text with ``changes``, beside the first one."""
    _write(folder, law, changes)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(shipped, "_folder", lambda: folder)
            _forget()
            yield
    finally:
        _forget()


def released(folder: Path, law: str, *changes: tuple[str, str]) -> dict[str, str]:
    """Return the settings of an installation whose program brings version 2 of ``law``, as ``newer`` does here.

    Its processes are told of ``folder`` as they start, before they read any law: the program itself takes its laws from
    nowhere but its own files.
    """
    laws, path = folder / "laws", folder / "path"
    for one in (laws, path):
        one.mkdir()
    _write(laws, law, changes)
    (path / "sitecustomize.py").write_text(
        f"from pathlib import Path\n\nfrom fairline.profiles import shipped\n\n"
        f"shipped._folder = lambda: Path({str(laws)!r})\n",
        encoding="utf-8",
    )
    return {"PYTHONPATH": str(path)}


def _write(folder: Path, law: str, changes: Iterable[tuple[str, str]]) -> None:
    for name in shipped.shipped_names():
        (folder / f"{name}.toml").write_text(shipped.shipped(name) or "", encoding="utf-8")
    before = shipped.shipped(law) or ""
    after = before.replace("version = 1\n", "version = 2\n", 1)
    for old, new in changes:
        assert old in after
        after = after.replace(old, new, 1)
    (folder / f"{law}@1.toml").write_text(before, encoding="utf-8")
    (folder / f"{law}.toml").write_text(after, encoding="utf-8")


def _forget() -> None:
    for one in CACHED:
        one.cache_clear()
