"""Django's PostgreSQL with another way to see that a kept connection is gone: no question, only a look at the line."""

from __future__ import annotations

import select

from django.db.backends.postgresql.base import DatabaseWrapper as DjangoWrapper


class DatabaseWrapper(DjangoWrapper):
    """The connection that is asked whether it still stands before each request, and answers without a round trip."""

    def is_usable(self) -> bool:
        """Return whether the connection still stands.

        A server that ends or is restarted says so and hangs up, and then there is something to read on a line that
        should be silent. Only then Django's own ``SELECT 1`` is worth its price, which every report would pay.
        """
        if self.connection is None or self.connection.closed:
            return False
        watched = select.poll()
        watched.register(self.connection.fileno(), select.POLLIN)
        return not watched.poll(0) or super().is_usable()
