"""What the doors may do with this room's table: the report door has no business there."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.duty.models import DutyEvent

grant("office", DutyEvent, "select", "insert", "delete")
