"""What each door may do with this room's tables: the report door takes in, the office answers."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.line import models

grant("report", models.Thread, "select", "insert", "update")
grant("report", models.Post, "select", "insert")
# A new receipt seals the own copies anew.
grant("report", models.SealedFile, "select", "insert", "update")
grant("report", models.Replaced, "select", "insert")
grant("report", models.TestTicket, "select", "update")
grant("report", models.Blob, "select", "insert", "update")
grant("report", models.BlobPart, "select", "insert", "update")
grant("report", models.Unnamed, "select", "insert", "update")
grant("report", models.Erasure, "select")
grant("report", models.Farewell, "select")
grant("report", models.Answers, "select", "insert", "update")
grant("report", models.Own, "select", "insert", "update", "delete")

# What a member takes down for somebody else comes in through the office door.
grant("office", models.Thread, "select", "insert", "update")
grant("office", models.Own, "select", "delete")
grant("office", models.Replaced, "select")
grant("office", models.Post, "select", "insert", "delete")
grant("office", models.SealedFile, "select", "insert", "update", "delete")
grant("office", models.TestTicket, "select", "insert")
grant("office", models.Blob, "select", "update")
grant("office", models.BlobPart, "select", "delete")
grant("office", models.Unnamed, "select", "update")
grant("office", models.Erasure, "select", "insert", "update", "delete")
grant("office", models.Farewell, "select", "insert")
