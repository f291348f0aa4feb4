"""What the doors may do with this room's table: the report door reads one day for a mailbox."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.protection.models import ProtectionFile

grant("office", ProtectionFile, "select", "insert", "update", "delete")
grant("report", ProtectionFile, "select")
