"""What can go wrong between a terminal and a door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairline.seal.errors import FairlineError

if TYPE_CHECKING:
    from collections.abc import Mapping


class TerminalError(FairlineError):
    """Anything that a command refuses on purpose, with a sentence for who sits before it."""


class UnreachableError(TerminalError):
    """Nobody knows whether it arrived: the same bytes may be sent again."""

    def __init__(self, sentence: str) -> None:
        super().__init__("unreachable", sentence)


class DoorRefusedError(TerminalError):
    """The door said no; `sentence` is its own.

    Attributes:
        status: of the HTTP answer.
        more: what else the answer holds, as parsed.
    """

    def __init__(self, status: int, code: str, sentence: str, more: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, sentence)
        self.status = status
        self.more = dict(more or {})
