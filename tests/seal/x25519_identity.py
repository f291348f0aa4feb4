"""A classic age identity, only so that the public vectors about headers and streams can be opened."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fairline.seal import bech32
from fairline.seal.errors import MalformedError
from fairline.seal.header import unbare


class ClassicIdentity:
    def __init__(self, text):
        scalar = bech32.decoded("age-secret-key-", text.lower())
        self.key = X25519PrivateKey.from_private_bytes(scalar)

    def unwrap(self, stanzas):
        for stanza in stanzas:
            if stanza.arguments[0] != "X25519":
                continue
            if len(stanza.arguments) != 2 or len(stanza.body) != 32:
                raise MalformedError("age-header", "stanza")
            share = unbare(stanza.arguments[1].encode())
            if len(share) != 32:
                raise MalformedError("age-header", "share")
            try:
                secret = self.key.exchange(X25519PublicKey.from_public_bytes(share))
            except ValueError as error:
                raise MalformedError("age-header", "low order") from error
            salt = share + self.key.public_key().public_bytes_raw()
            wrap = HKDF(SHA256(), 32, salt, b"age-encryption.org/v1/X25519").derive(secret)
            try:
                return ChaCha20Poly1305(wrap).decrypt(bytes(12), stanza.body, None)
            except InvalidTag:
                continue
        return None
