"""In which line of a TOML file a value stands, so that a refusal can name it. Reads no values: ``tomllib`` does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_TABLE: Final = re.compile(r"^\s*\[(?!\[)\s*([A-Za-z0-9_.-]+)\s*\]")
_ARRAY: Final = re.compile(r"^\s*\[\[\s*([A-Za-z0-9_.-]+)\s*\]\]")
_KEY: Final = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")

Path = Sequence[str | int]


class Lines:
    """Where the tables and keys of a file stand. Inside one value it names the line on which that value begins."""

    def __init__(self, text: str) -> None:
        """Look through ``text`` once."""
        self._found: dict[tuple[str | int, ...], int] = {}
        at: tuple[str | int, ...] = ()
        seen: Counter[str] = Counter()
        for number, line in enumerate(text.splitlines(), 1):
            if array := _ARRAY.match(line):
                at = self._place(array[1], seen)
                self._found[at] = number
            elif table := _TABLE.match(line):
                at = tuple(table[1].split("."))
                self._found[at] = number
            elif key := _KEY.match(line):
                self._found.setdefault((*at, key[1]), number)

    def _place(self, name: str, seen: Counter[str]) -> tuple[str | int, ...]:
        """Where the next table of a list stands; a list in a list belongs to the newest table of the one around it."""
        outer, _dot, inner = name.rpartition(".")
        if not outer or not seen[outer]:
            seen[name] += 1
            return (name, seen[name] - 1)
        around = f"{outer} {seen[outer] - 1} {inner}"
        seen[around] += 1
        return (outer, seen[outer] - 1, inner, seen[around] - 1)

    def of(self, path: Path) -> int:
        """Return the line of ``path`` (keys and positions), or of the nearest thing around it; 1 if there is none."""
        here = tuple(path)
        while here and here not in self._found:
            here = here[:-1]
        return self._found.get(here, 1)
