"""What the doors may do with this room's tables: the report door nothing. No mailbox leads to a search for a person."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.requests.models import AccessRequest, Approval, Run

grant("office", AccessRequest, "select", "insert", "update", "delete")
grant("office", Approval, "select", "insert", "delete")
grant("office", Run, "select", "insert", "delete")
