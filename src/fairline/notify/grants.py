"""What the office door may do with this room's tables; the other doors know nothing of it."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.core.models import NightRun
from fairline.notify.models import Address, Outgoing

grant("office", Address, "select", "insert", "update", "delete")
grant("office", Outgoing, "select", "insert", "delete")
grant("office", NightRun, "select")
