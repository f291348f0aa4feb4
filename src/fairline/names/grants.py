"""What the doors may do with this room's tables: the report door nothing."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.names.models import Answer, Gathering, NameRequest, PassedShare

grant("office", NameRequest, "select", "insert", "update", "delete")
grant("office", Answer, "select", "insert", "update", "delete")
grant("office", PassedShare, "select", "insert", "update", "delete")
grant("office", Gathering, "select", "insert", "update", "delete")
