"""What each door may do with this room's tables."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.offices import models

# The report door learns where to route and nothing about people.
grant("report", models.Office, "select")
grant("report", models.Desk, "select")
grant("report", models.Document, "select")
# A test report that has come through is noted in the transaction of its drop.
grant("report", models.DeskDrill, "select", "insert")

for model in (
    models.Office, models.Desk, models.Document, models.RosterEntry, models.Member, models.SetupCode,
):  # fmt: skip
    grant("office", model, "select", "insert", "update")

for kept in (models.ConfirmedRow, models.AdoptedLaw):
    grant("office", kept, "select", "insert")

for passing in (
    models.Invitation, models.Joining, models.Proposal, models.ProposalSignature, models.Session, models.Attempts,
    models.SignIn, models.Vault, models.Wrap, models.Newcomer, models.KeyFile, models.DeskDrill,
    models.NotebookPage, models.CalendarKey, models.OwnLawRow,
):  # fmt: skip
    grant("office", passing, "select", "insert", "update", "delete")
