"""What each door may do with this room's tables: the office door works with them, mailboxes show the clocks."""

from __future__ import annotations

from fairline.cases import models
from fairline.core.grants import grant

for added in (models.AsideBatch, models.Doing, models.CaseAct, models.ClockEvent, models.Counted):
    grant("office", added, "select", "insert")
grant("office", models.Case, "select", "insert", "update")
grant("office", models.CaseKeys, "select", "insert", "delete")
grant("office", models.Absence, "select", "insert", "update", "delete")
grant("office", models.Slip, "select", "insert", "update", "delete")
grant("report", models.ClockEvent, "select")
for model in (models.Declaration, models.ReadMark):
    grant("office", model, "select", "insert", "update")
for cache in (models.Index, models.IndexPage, models.IndexDelta):
    grant("office", cache, "select", "insert", "update", "delete")
