"""What the doors may do with this room's tables: the report door nothing."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.names.models import Answer, NameRequest

grant("office", NameRequest, "select", "insert", "update", "delete")
grant("office", Answer, "select", "insert", "update", "delete")
