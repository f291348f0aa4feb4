"""A connection that is kept between requests: one that the database has hung up is replaced before the next report."""

from __future__ import annotations

import pytest
from django.db import connection

from fairline.core.statements import first
from fairline.offices.models import Office

COUNT = "SELECT count(*) FROM {}"


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_ended_is_replaced_before_it_is_used() -> None:
    first(Office, COUNT, [])
    if connection.vendor == "postgresql":
        # Another connection, as an administrator's would be, ends ours.
        mine = connection.connection.info.backend_pid
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [mine])
            assert cursor.fetchone() == (True,)
        other.close()
    else:
        connection.close()

    # What Django does at the beginning of each request.
    connection.close_if_unusable_or_obsolete()
    connection.health_check_done = False

    assert first(Office, COUNT, []) == (0,)


@pytest.mark.django_db(transaction=True)
def test_a_silent_connection_stays() -> None:
    first(Office, COUNT, [])
    kept = connection.connection
    connection.health_check_done = False

    assert connection.is_usable()
    first(Office, COUNT, [])

    assert connection.connection is kept
