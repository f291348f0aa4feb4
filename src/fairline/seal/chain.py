"""The proven envelopes of one thread, chain by chain.

One lost or junk file must not silence both sides: holes and unknown answers are named, and the rest stays
readable. Source: `docs/formats.md`, "Envelope", refusals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fairline.seal.errors import RefusedError

if TYPE_CHECKING:
    from fairline.seal.envelope import Chain, Envelope

OTHER_SIDE: dict[Chain, Chain] = {"r": "o", "o": "r", "i": "r", "k": "r"}
"""Where `seen` stands: what the office writes, notes too, may name what its author had seen of the other side."""


@dataclass(frozen=True)
class Problem:
    """A red line that a page shows beside what stays readable.

    Attributes:
        code: `chain-hole`: what should stand before it is not here; `chain-seen`: it answers what is not
            here; `handover-lead`: a lead took the case over from those whom the handover before names.
        chain: where.
        n: place of the envelope that shows it.
    """

    code: Literal["chain-hole", "chain-seen", "handover-lead"]
    chain: Chain
    n: int


class Chains:
    """Collects envelopes whose authors were proven."""

    def __init__(self) -> None:
        self._places: dict[Chain, dict[int, Envelope]] = {}

    def accept(self, envelope: Envelope) -> None:
        """Take in an envelope.

        Raises:
            RefusedError: `chain-repeat`, `chain-fork`, if its place is taken.
        """
        chain, n = envelope.header.chain, envelope.header.n
        if chain is None or n is None:
            raise ValueError("outside the chains")
        there = self._places.setdefault(chain, {}).setdefault(n, envelope)
        if there is envelope:
            return
        if there.c == envelope.c:
            raise RefusedError("chain-repeat", "The same text stands twice in a conversation.")
        raise RefusedError("chain-fork", "Two different texts claim the same place in a conversation.")

    def of(self, chain: Chain) -> list[Envelope]:
        """The envelopes of a chain in order."""
        places = self._places.get(chain, {})
        return [places[n] for n in sorted(places)]

    def head(self, chain: Chain) -> int | None:
        """The newest place taken."""
        return max(self._places.get(chain, {}), default=None)

    def newest(self, chain: Chain) -> bytes | None:
        """`c` of the newest."""
        found = self.of(chain)
        return found[-1].c if found else None

    def problems(self) -> list[Problem]:
        """Holes, and what was answered but is not here."""
        return [problem for chain in self._places for problem in self._problems_of(chain)]

    def _problems_of(self, chain: Chain) -> list[Problem]:
        known = {envelope.c for envelope in self.of(OTHER_SIDE[chain])}
        found: list[Problem] = []
        before: tuple[int, bytes] | None = None
        for n, envelope in sorted(self._places[chain].items()):
            header = envelope.header
            expected = before[1] if before is not None and before[0] == n - 1 else None
            follows = header.prev is None if n == 0 else expected is not None and header.prev == expected
            if not follows:
                found.append(Problem("chain-hole", chain, n))
            if header.seen is not None and header.seen not in known:
                found.append(Problem("chain-seen", chain, n))
            before = (n, envelope.c)
        return found
