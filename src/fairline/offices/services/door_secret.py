"""Values that only this installation can compute: salts for unknown names, keys of attempts."""

from __future__ import annotations

from django.conf import settings

from fairline.core.secret_files import read_or_make
from fairline.seal.primitives import kdf, mac


def keyed(purpose: str, *parts: bytes) -> bytes:
    """Return 32 bytes that nobody can compute without the installation's sign-in secret.

    Args:
        purpose: one word, so that no value serves for another.
        parts: the first has a fixed length; only the last may vary in length, so that no two lists give one message.
    """
    secret = read_or_make(settings.FAIRLINE.data / "secrets" / "sign-in.key", 32)
    return mac(kdf(secret, f"sign-in {purpose}"), b"".join(parts))
