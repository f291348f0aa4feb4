"""Fields for raw bytes, always read back as ``bytes`` (keys, hashes, signatures, sealed files), and random numbers."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from django.db import models

if TYPE_CHECKING:
    RawField = models.BinaryField[bytes, bytes]
    BigField = models.BigIntegerField[int, int]
else:
    RawField = models.BinaryField
    BigField = models.BigIntegerField

KEY_BYTES: Final = 16
GROUP_BITS: Final = 8
"""Numbers of one group differ in these last bits, so that its rows lie side by side."""
RANDOM_BITS: Final = 63 - GROUP_BITS


def random_key() -> bytes:
    """Return the 16 random bytes that every id is made of."""
    return secrets.token_bytes(KEY_BYTES)


def random_group() -> int:
    """Return the first of 256 numbers that nothing else has, as far as 55 random bits can say so."""
    return secrets.randbits(RANDOM_BITS) << GROUP_BITS


class BytesField(RawField):
    """A ``BinaryField`` that gives ``bytes`` on both databases, never a ``memoryview``."""

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> bytes | None:
        """Return what the database holds as ``bytes``."""
        return None if value is None else bytes(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Hand ``bytes`` to the driver as they are: both drivers store them as binary."""
        return value if isinstance(value, bytes) else super().get_db_prep_value(value, connection, prepared)


class KeyField(BytesField):
    """A primary key of 16 random bytes, so that neither keys nor their order tell when a row was made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a primary key with a random default; both can be overridden."""
        kwargs.setdefault("primary_key", True)
        kwargs.setdefault("default", random_key)
        kwargs.setdefault("max_length", KEY_BYTES)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)


class NumberKeyField(BigField):
    """A primary key that is a random number, by which SQLite itself puts the row in its place (see ``without_rowid``).

    For rows of more than some 200 bytes. A table WITHOUT ROWID keeps a kilobyte of each row in the nodes of its tree,
    four or five to a node, and becomes so deep that each new row costs more the more there are; this one keeps numbers
    alone there, some 300 to a node.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a primary key with a random default; both can be overridden."""
        kwargs.setdefault("primary_key", True)
        kwargs.setdefault("default", random_group)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def db_type(self, connection: Any) -> str | None:
        """Return the column's type: in SQLite only ``integer`` makes a key the row's own number."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
