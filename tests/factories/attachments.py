"""Attachments of a reporting person with a program of their own: sealed in Python, part by part."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from fairline.seal.attachment import attachment_hash, begin_upload, seal_part
from fairline.seal.envelope import FileName
from fairline.seal.primitives import H, b64


@dataclass(frozen=True)
class Attached:
    """One sealed file."""

    file: FileName
    parts: tuple[bytes, ...]
    auth: bytes

    @property
    def blob(self) -> str:
        """Its id as addresses spell it."""
        return b64(self.file.blob)


def attached(
    content: bytes, name: str, kind: str = "", random: Callable[[int], bytes] = secrets.token_bytes
) -> Attached:
    """Seal `content` as a file that its sender's device calls `name` and says to be of the media type `kind`."""
    upload = begin_upload(len(content), random)
    shape = upload.shape
    parts = tuple(seal_part(upload, part, content[slice(*shape.own_span(part))]) for part in range(shape.parts))
    file = FileName(upload.blob, upload.seed, attachment_hash([H(part) for part in parts]), len(content), name, kind)
    return Attached(file, parts, upload.auth)
