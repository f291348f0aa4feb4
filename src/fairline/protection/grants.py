"""What the doors may do with this room's tables: the report door reads one day for a mailbox."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.protection.models import ProtectionCount, ProtectionFile

grant("office", ProtectionFile, "select", "insert", "update", "delete")
grant("office", ProtectionCount, "select", "insert", "update")
grant("report", ProtectionFile, "select")
