"""One case of a vector file, and the source of fixed "random" bytes that cases are made with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from fairline.seal.errors import FairlineError

Case = dict[str, Any]
Operation = Callable[[dict[str, Any]], Any]
Operations = dict[str, Operation]
VERSION = 1


class FixedBytes:
    """Bytes that look random and are the same every time: SHA-256 of the name and a counter.

    For test vectors only. Called like `secrets.token_bytes`.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.counter = 0

    def __call__(self, size: int) -> bytes:
        """The next `size` bytes."""
        found = b""
        while len(found) < size:
            found += hashlib.sha256(f"fairline vectors {self.name} {self.counter}".encode()).digest()
            self.counter += 1
        return found[:size]


class Book:
    """Collects the cases of one file; results come from the operations, refusals are stated by hand."""

    def __init__(self, name: str, operations: Operations) -> None:
        self.name = name
        self.operations = operations
        self.cases: list[Case] = []
        self.random = FixedBytes(name)

    def add(self, name: str, what: str, do: str, error: str | None = None, /, **given: Any) -> Any:
        """Add a case and return its result; with `error`, the operation must refuse with that code."""
        if any(case["name"] == name for case in self.cases):
            raise ValueError(f"two cases named {name}")
        given = {key: value for key, value in given.items() if value is not None}
        result = outcome(self.operations[do], given)
        refused = isinstance(result, dict) and "error" in result
        if refused != (error is not None) or (refused and result["error"] != error):
            raise AssertionError(f"{self.name}/{name}: expected {error or 'a result'}, got {result}")
        self.cases.append({"name": name, "what": what, "do": do, "input": given, "expect": result})
        return result

    def content(self) -> dict[str, Any]:
        """What the file holds."""
        return {"format": self.name, "v": VERSION, "cases": self.cases}


def outcome(operation: Operation, given: dict[str, Any]) -> Any:
    """The operation's result, or `{"error": code}`."""
    try:
        return operation(given)
    except FairlineError as error:
        return {"error": error.code}
