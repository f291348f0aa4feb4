"""What each door may do with this room's tables: auditors look at them through the office door."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.oversight.models import MonthCounts

grant("office", MonthCounts, "select")
