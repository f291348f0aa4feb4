"""Fields for raw bytes: keys, hashes, signatures and sealed files, always read back as ``bytes``."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from django.db import models

if TYPE_CHECKING:
    RawField = models.BinaryField[bytes, bytes]
else:
    RawField = models.BinaryField

KEY_BYTES: Final = 16


def random_key() -> bytes:
    """Return the 16 random bytes that every id is made of."""
    return secrets.token_bytes(KEY_BYTES)


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
