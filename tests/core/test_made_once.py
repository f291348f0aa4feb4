"""An office that was made once and put back takes further rows, whatever ran before in the same process."""

from __future__ import annotations

import pytest
from django.db import connections

from cases.casework import Office


@pytest.mark.django_db
@pytest.mark.parametrize("turn", ["made", "put back"])
def test_what_was_put_back_can_be_added_to(turn, database):
    office = Office.founded("ben", "cleo")
    assert office.case().row.status == "case"
    if database == "postgresql":
        # As another test leaves it that sets the numbering by its own few rows: this is not rolled back.
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('ledger_row', 'id'), 1, false)")
