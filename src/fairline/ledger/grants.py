"""What each door may do with the record's tables. Publishing is the nightly job's, which owns the tables."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.ledger import models

# No door sees a batch's row: it holds the secret that tells entries which stood for a report from those that fill.
grant("report", models.Log, "select")
grant("report", models.Waiting, "select", "insert")
grant("office", models.Log, "select", "insert", "update")
grant("office", models.Waiting, "select", "insert")
grant("office", models.Row, "select", "insert")
grant("office", models.Tile, "select")
