"""A passphrase as the way into an age file that leaves the office: the stanza `scrypt`.

Source: C2SP age specification, "The scrypt recipient type". Nothing inside the office is sealed so: members' own
passphrases are stretched otherwise (`vault`).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from fairline.seal import stream
from fairline.seal.errors import MalformedError
from fairline.seal.header import FILE_KEY_SIZE, Stanza, bare, unbare, write

if TYPE_CHECKING:
    from collections.abc import Sequence

KIND: Final = "scrypt"
LABEL: Final = b"age-encryption.org/v1/scrypt"
SALT_SIZE: Final = 16
WORK: Final = 18
"""2^18 rounds, a second or so, as the age tool writes it."""
MOST_WORK: Final = 22
"""A file that asks for more would hold up whoever opens it; the age tool refuses the same."""
COUNT: Final = re.compile(r"[1-9][0-9]?")
ZERO_NONCE: Final = bytes(12)


@dataclass(frozen=True)
class Passphrase:
    """An opener: see `recipients.Opener`."""

    text: str = field(repr=False)

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key, or None; `age-header` where the way in is not alone, or asks for too much work."""
        mine = [stanza for stanza in stanzas if stanza.arguments[0] == KIND]
        if not mine:
            return None
        stanza, arguments = mine[0], mine[0].arguments
        # Alone, so that who opens it knows that somebody with the same words wrote it (age specification).
        if len(stanzas) != 1 or len(arguments) != 1 + 2 or not COUNT.fullmatch(arguments[2]):
            raise _malformed()
        salt, work = unbare(arguments[1].encode("ascii")), int(arguments[2])
        if len(salt) != SALT_SIZE or len(stanza.body) != FILE_KEY_SIZE + 16 or work > MOST_WORK:
            raise _malformed()
        try:
            return ChaCha20Poly1305(_stretched(self.text, salt, work)).decrypt(ZERO_NONCE, stanza.body, None)
        except InvalidTag:
            return None


def seal_with(plain: bytes, passphrase: str, work: int = WORK) -> bytes:
    """An age file that these words open, and nothing else."""
    file_key, salt, nonce = (secrets.token_bytes(size) for size in (FILE_KEY_SIZE, SALT_SIZE, stream.NONCE_SIZE))
    body = ChaCha20Poly1305(_stretched(passphrase, salt, work)).encrypt(ZERO_NONCE, file_key, None)
    start = write((Stanza((KIND, bare(salt).decode("ascii"), str(work)), body),), file_key)
    return start + nonce + stream.seal(stream.payload_key(file_key, nonce), plain)


def _stretched(text: str, salt: bytes, work: int) -> bytes:
    return Scrypt(salt=LABEL + salt, length=32, n=1 << work, r=8, p=1).derive(text.encode("utf-8"))


def _malformed() -> MalformedError:
    return MalformedError("age-header", "This is not a sealed file as we write them: passphrase.")
