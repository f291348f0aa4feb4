"""What each door may do with this room's tables: the office door works with them, mailboxes show the clocks."""

from __future__ import annotations

from fairline.cases import models
from fairline.core.grants import grant

for only_added in (models.AsideBatch, models.ClockEvent, models.Counted):
    grant("office", only_added, "select", "insert")
# Only ever added to, and deleted with the case that they speak of.
for added in (models.Doing, models.CaseAct, models.HearingStep):
    grant("office", added, "select", "insert", "delete")
grant("office", models.Clearance, "select", "insert", "delete")
grant("office", models.Case, "select", "insert", "update", "delete")
for kept in (models.Hold, models.Deletion, models.DeletedThread, models.DeletionReader):
    grant("office", kept, "select", "insert", "update", "delete")
grant("office", models.CaseKeys, "select", "insert", "delete")
grant("office", models.Copy, "select", "insert", "update", "delete")
grant("office", models.CopyAnswer, "select", "insert", "delete")
grant("office", models.Absence, "select", "insert", "update", "delete")
grant("office", models.Slip, "select", "insert", "update", "delete")
grant("report", models.ClockEvent, "select")
for model in (models.Declaration, models.ReadMark):
    grant("office", model, "select", "insert", "update", "delete")
for cache in (models.Index, models.IndexPage, models.IndexDelta):
    grant("office", cache, "select", "insert", "update", "delete")
