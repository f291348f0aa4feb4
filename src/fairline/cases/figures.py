"""What the public may learn of closed cases: counted from closing slips alone, each law by itself."""

from __future__ import annotations

from fairline.cases import counting
from fairline.core.figures import Population, register

register(Population("closed", counting.MEASURES, counting.counted, counting.amounts))
