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
                at = (array[1], seen[array[1]])
                seen[array[1]] += 1
                self._found[at] = number
            elif table := _TABLE.match(line):
                at = tuple(table[1].split("."))
                self._found[at] = number
            elif key := _KEY.match(line):
                self._found.setdefault((*at, key[1]), number)

    def of(self, path: Path) -> int:
        """Return the line of ``path`` (keys and positions), or of the nearest thing around it; 1 if there is none."""
        here = tuple(path)
        while here and here not in self._found:
            here = here[:-1]
        return self._found.get(here, 1)
