"""What the public may learn of protection: a year, each law by itself, and only where it is five or more."""

from __future__ import annotations

from fairline.core.figures import Population, register
from fairline.protection import counting

register(Population("protection", counting.MEASURES, counting.counted, rare=True))
