"""What the public may learn of closed cases: counted from closing slips alone, each law by itself."""

from __future__ import annotations

from fairline.cases import counting
from fairline.core.figures import Population, register
from fairline.seal.closing import KNOWINGLY_FALSE

register(
    Population(
        "closed", counting.MEASURES, counting.counted, counting.amounts,
        within={"outcome": {KNOWINGLY_FALSE: "unfounded"}},
    )
)  # fmt: skip
