"""A member's keys, vault and ways of unlocking, made as a browser makes them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyotp
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from fairline.ledger import queries as record
from fairline.offices.services.acts import SignedAct
from fairline.offices.services.setting_up import Person
from fairline.offices.services.vaults import Ways
from fairline.seal import vault
from fairline.seal.jsontext import write
from fairline.seal.pins import Pins
from fairline.seal.primitives import KEY_SIZE, H, b64, kdf, public_key, sign
from fairline.seal.recipients import Identity, identity
from fairline.seal.root import RootKey, ed25519_seed, mldsa44_seed
from fairline.seal.words import entropy_to_words

if TYPE_CHECKING:
    from fairline.demo.cast import Person as Role

PAPER_SIZE = 16


@dataclass
class Member:
    """One of the cast with all their secrets: only a demonstration may hold these in one place."""

    role: Role
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    sign_seed: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_SIZE), repr=False)
    seal_seed: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_SIZE), repr=False)
    index: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_SIZE), repr=False)
    root_seed: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_SIZE), repr=False)
    paper: bytes = field(default_factory=lambda: secrets.token_bytes(PAPER_SIZE), repr=False)
    totp_secret: str = field(default_factory=pyotp.random_base32, repr=False)

    @property
    def box(self) -> Identity:
        """The identity that colleagues seal key files to."""
        return identity(self.seal_seed)

    @property
    def public(self) -> bytes:
        """The key that checks what this member signs."""
        return public_key(self.sign_seed)

    @property
    def root(self) -> RootKey | None:
        """The public root key of an administrator, with the commitment to the later one."""
        if not self.role.administrator:
            return None
        later = MLDSA44PrivateKey.from_seed_bytes(mldsa44_seed(self.root_seed)).public_key()
        return RootKey(public_key(ed25519_seed(self.root_seed)), H(later.public_bytes_raw()))

    def way_back(self) -> list[str]:
        """The twelve words that the printed sheet would show."""
        return entropy_to_words(self.paper, "english")

    def person(self, fingerprint: bytes) -> Person:
        """What the server keeps of this member: sealed vault, wraps, hashes of login values."""
        seed = vault.new_vault_seed(secrets.token_bytes)
        salt = secrets.token_bytes(vault.SALT_SIZE)
        login = vault.unlock_by_passphrase(self.role.passphrase, salt)
        inside = vault.Vault(
            member=self.id, sign=self.sign_seed, seal=self.seal_seed, index=self.index, pins=Pins(fingerprint),
            root=self.root_seed if self.role.administrator else None,
        )  # fmt: skip
        ways = Ways(
            auth_hash=H(login.auth),
            salt=salt,
            paper_hash=H(kdf(self.paper, "paper auth", self.id)),
            wraps={
                "passphrase": vault.wrap_seed(seed, login.wrap),
                "paper": vault.wrap_seed(seed, vault.paper_wrap(self.paper, self.id)),
            },
        )
        return Person(
            name=self.role.name,
            sign_in_name=self.role.sign_in,
            recipient=self.box.recipient,
            totp_secret=self.totp_secret,
            vault=vault.seal_vault(inside, seed),
            ways=ways,
        )

    def act(self, office: bytes, act: str, subject: bytes, *, before: bytes | None, after: bytes,
            keys: bytes | None = None) -> SignedAct:  # fmt: skip
        """An act of this member, signed, with their next counter; ``keys`` is `c` of desk keys that come with it."""
        said = {
            "act": act,
            "subject": b64(subject),
            "member": b64(self.id),
            "counter": record.next_counter(office, self.id),
            **({} if before is None else {"before": b64(before)}),
            "after": b64(after),
            **({} if keys is None else {"keys": b64(keys)}),
        }
        what = write(said)
        return SignedAct(what, sign(self.sign_seed, "act", what))
