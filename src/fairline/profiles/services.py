"""What can be done: keep a form or a profile that passed its checks."""

from __future__ import annotations

from fairline.core.transactions import writing
from fairline.profiles.documents import kind_of
from fairline.profiles.models import KeptDocument
from fairline.seal.primitives import H


def keep(text: bytes) -> bytes:
    """Check a form or profile document, store it and return its hash. Keeping it again changes nothing.

    Raises:
        MalformedError: with the code of what is wrong with it (docs/formats.md §9).
    """
    kind = kind_of(text)
    key = H(text)
    with writing():
        KeptDocument.objects.get_or_create(hash=key, defaults={"kind": kind, "text": text})
    return key
