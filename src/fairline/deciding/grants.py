"""What the doors may do with this room's tables: the report door nothing. Its mailbox proves what it is told itself."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.deciding.models import Panel, Seat

grant("office", Panel, "select", "insert", "update", "delete")
grant("office", Seat, "select", "insert", "update", "delete")
