"""The vault: a member's keys and pins, and the ways of unlocking it.

The vault is an age file to an identity that comes from a random seed; the seed is wrapped once for each way
in. The server stores all of it and can open none. Source: `docs/formats.md`, "Vault".
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from fairline.seal import age
from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.fields import Fields, as_bytes, document
from fairline.seal.jsontext import write
from fairline.seal.pins import Pins, read_pins, written_pins
from fairline.seal.primitives import KEY_SIZE, H, b64, kdf
from fairline.seal.recipients import Identity, identity

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = 1
VAULT_LIMIT = 512 * 1024
SALT_SIZE = 16
# A passphrase is chosen by a person, so a guess must cost something: 64 MiB for about a second.
LEAST_MEMORY_KIB = 64 * 1024
LEAST_PASSES = 3
LANES = 1
# A server that asks for more than this would only make the member's machine stand still.
MOST_MEMORY_KIB = 1024 * 1024
MOST_PASSES = 64


@dataclass(frozen=True)
class Vault:
    """A member's secrets.

    Attributes:
        member: 16-byte id.
        sign: Ed25519 seed.
        seal: seed of the member's own identity.
        index: key of the member's index pages.
        old: earlier seal seeds, so that what was sealed to them still opens.
        root: root seed, of an administrator only.
        pins: what was verified.
    """

    member: bytes
    sign: bytes = field(repr=False)
    seal: bytes = field(repr=False)
    index: bytes = field(repr=False)
    pins: Pins
    old: tuple[bytes, ...] = field(default=(), repr=False)
    root: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Cost:
    """How dear a guess at a passphrase is: memory in KiB, passes, and one lane."""

    memory: int = LEAST_MEMORY_KIB
    passes: int = LEAST_PASSES


@dataclass(frozen=True)
class Login:
    """What comes of a passphrase.

    Attributes:
        auth: 32 secret bytes that go to the server, which stores their hash.
        wrap: opens this way's wrap of the vault seed.
    """

    auth: bytes = field(repr=False)
    wrap: Identity = field(repr=False)


def write_vault(vault: Vault) -> bytes:
    """The JSON that is sealed."""
    body: dict[str, Any] = {
        "v": VERSION,
        "member": b64(vault.member),
        "sign": b64(vault.sign),
        "seal": b64(vault.seal),
        "index": b64(vault.index),
        "old": [b64(seed) for seed in vault.old],
    }
    if vault.root is not None:
        body["root"] = b64(vault.root)
    return write(body | {"pins": written_pins(vault.pins)})


def read_vault(text: bytes) -> Vault:
    """The vault in its JSON.

    Raises:
        MalformedError: as `jsontext` and `fields` have it.
    """
    return document(text, _read_vault, VAULT_LIMIT)


def seal_vault(vault: Vault, vault_seed: bytes) -> bytes:
    """The vault as stored. Compare-and-swap is on H of these bytes."""
    return age.seal(write_vault(vault), [vault_identity(vault_seed, vault.member).recipient])


def open_vault(file: bytes, vault_seed: bytes, member: bytes) -> Vault:
    """The vault of that member.

    Raises:
        CannotOpenError: wrong seed, or altered.
        RefusedError: `vault-member`, if it is somebody else's.
    """
    vault = read_vault(age.unseal(file, [vault_identity(vault_seed, member)]))
    if vault.member != member:
        raise RefusedError("vault-member", "This vault belongs to somebody else.")
    return vault


def vault_identity(vault_seed: bytes, member: bytes) -> Identity:
    """What the vault is sealed to."""
    return identity(kdf(vault_seed, "vault", member))


def unlock_by_passphrase(passphrase: str, salt: bytes, cost: Cost | None = None) -> Login:
    """Derive both halves of a sign-in from a passphrase; takes about a second and 64 MiB.

    Args:
        passphrase: as typed; brought to NFC, so that keyboards agree.
        salt: 16 bytes, the server's for this name.
        cost: what the server says; less than ours is refused, since a server could make guessing cheap.

    Raises:
        RefusedError: `passphrase-cost`.
        MalformedError: `passphrase-salt`.
    """
    cost = cost or Cost()
    dear = LEAST_MEMORY_KIB <= cost.memory <= MOST_MEMORY_KIB and LEAST_PASSES <= cost.passes <= MOST_PASSES
    if not dear:
        raise RefusedError("passphrase-cost", "The server asks for a weaker protection than this program allows.")
    if len(salt) != SALT_SIZE:
        raise MalformedError("passphrase-salt", "The salt of a passphrase has the wrong length.")
    kdf_of_passphrase = Argon2id(
        salt=salt, length=KEY_SIZE, iterations=cost.passes, lanes=LANES, memory_cost=cost.memory
    )
    stretched = kdf_of_passphrase.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8"))
    return Login(kdf(stretched, "login auth", salt), identity(kdf(stretched, "login wrap", salt)))


def paper_wrap(entropy: bytes, member: bytes) -> Identity:
    """Opens the wrap of the printed code (sixteen bytes, printed as twelve words)."""
    return identity(kdf(entropy, "paper wrap", member))


def wrap_seed(vault_seed: bytes, way: Identity) -> bytes:
    """The vault seed, sealed for one way in."""
    if len(vault_seed) != KEY_SIZE:
        raise ValueError("32 bytes")
    return age.seal(vault_seed, [way.recipient])


def unwrap_seed(file: bytes, way: Identity) -> bytes:
    """The vault seed out of a wrap.

    Raises:
        CannotOpenError: not this way's, or altered.
        MalformedError: `vault-seed`, if something else is inside.
    """
    seed = age.unseal(file, [way])
    if len(seed) != KEY_SIZE:
        raise MalformedError("vault-seed", "What this unlocks is not a vault.")
    return seed


def new_vault_seed(random: Callable[[int], bytes]) -> bytes:
    """32 random bytes; a new one whenever a way in changes, because old wraps may have been copied."""
    return random(KEY_SIZE)


def stored_hash(file: bytes) -> bytes:
    """What a new version of the vault must name as the one that it replaces."""
    return H(file)


def _read_vault(fields: Fields) -> Vault:
    fields.fixed("v", VERSION)
    return Vault(
        member=fields.id("member"),
        sign=fields.raw("sign", KEY_SIZE),
        seal=fields.raw("seal", KEY_SIZE),
        index=fields.raw("index", KEY_SIZE),
        old=fields.list("old", lambda value: as_bytes(value, KEY_SIZE)),
        root=fields.optional("root", lambda value: as_bytes(value, KEY_SIZE)),
        pins=read_pins(fields.value("pins")),
    )
