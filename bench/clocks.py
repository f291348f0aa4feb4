"""How long one core takes to evaluate a million clocks: of every unit, with feasts, rolls and pauses.

    python bench/clocks.py [--clocks 1000000]

Each clock begins at a moment of its own in four years, under one of four laws. Counted is processor time of this
process, calendars made beforehand not included. Bound: a million in under 5 s.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from fairline.profiles.calendars import calendar_of
from fairline.profiles.deadlines import Pause, Period, Place, Roll, Unit, due

BOUND_S = 5.0
PLACES = [
    Place(ZoneInfo("Europe/Berlin"), calendar_of("DE"), Roll.NEXT_WORKING_DAY),
    Place(ZoneInfo("Asia/Shanghai"), calendar_of("CN")),
    Place(ZoneInfo("America/New_York"), calendar_of("US")),
    Place(ZoneInfo("Etc/UTC"), calendar_of("")),
]
PERIODS = [Period(7, Unit.DAY), Period(3, Unit.MONTH), Period(30, Unit.WORKING_DAY), Period(24, Unit.HOUR)]
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
STEP = timedelta(seconds=126)


def evaluate(clocks: int) -> tuple[float, int]:
    """Return the processor seconds that so many clocks took, and how many of them are overdue in 2027."""
    now = datetime(2027, 1, 1, tzinfo=UTC)
    late = 0
    before = time.process_time()
    for number in range(clocks):
        start = BEGIN + number % 1_000_000 * STEP
        # One in ten has stood still for three days.
        pauses = (Pause(start, start + timedelta(days=3)),) if number % 10 == 0 else ()
        found = due(start, PERIODS[number // 4 % 4], PLACES[number % 4], pauses)
        late += found is not None and found.until <= now
    return time.process_time() - before, late


def main() -> int:
    """Measure, print one JSON object, return 1 outside the bound."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--clocks", type=int, default=1_000_000)
    clocks = wanted.parse_args().clocks
    evaluate(1000)
    seconds, late = evaluate(clocks)
    ok = seconds * 1_000_000 / clocks < BOUND_S
    print(json.dumps({"bench": "clocks", "clocks": clocks, "cpu_s": round(seconds, 2), "overdue": late,
                      "bound_s_a_million": BOUND_S, "ok": ok}))  # fmt: skip
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
