"""What somebody has seen and proven of an office, so that no server shows them an older office or a shorter record.

A member's pins lie in the vault, a reporting person's in their own notes. Source: `docs/formats.md`, "Vault".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fairline.seal.fields import Fields, as_bytes, as_text, whole
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, b64

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Pin:
    """A document that somebody has verified: from then on no other one of its number is believed."""

    number: int
    hash: bytes


@dataclass(frozen=True)
class Pins:
    """What a browser remembers of the office.

    Attributes:
        F: hash of root document 0.
        root: newest root document seen.
        charter: newest charter seen.
        sheets: newest sheet seen, by desk id in base64url.
        checkpoints: newest signed note seen, by log (`arrivals`, `acts`).
        peers: newest charter seen of each office that was referred to, by its F in base64url.
    """

    F: bytes
    root: Pin | None = None
    charter: Pin | None = None
    sheets: Mapping[str, Pin] = field(default_factory=dict)
    checkpoints: Mapping[str, str] = field(default_factory=dict)
    peers: Mapping[str, Pin] = field(default_factory=dict)


def written_pins(pins: Pins) -> dict[str, Any]:
    """As they stand in a vault or in a person's own notes."""
    body: dict[str, Any] = {"F": b64(pins.F)}
    for name, pin in (("root", pins.root), ("charter", pins.charter)):
        if pin is not None:
            body[name] = _written_pin(pin)
    body["sheets"] = {desk: _written_pin(pin) for desk, pin in pins.sheets.items()}
    body["checkpoints"] = dict(pins.checkpoints)
    if pins.peers:
        body["peers"] = {peer: _written_pin(pin) for peer, pin in pins.peers.items()}
    return body


def _written_pin(pin: Pin) -> dict[str, Any]:
    return {"number": pin.number, "hash": b64(pin.hash)}


def read_pins(value: Any) -> Pins:
    """The reverse of `written_pins`.

    Raises:
        MalformedError: as `fields` has it.
    """
    return whole(value, _pins)


def _pins(fields: Fields) -> Pins:
    return Pins(
        F=fields.raw("F", HASH_SIZE),
        root=fields.optional("root", _pin),
        charter=fields.optional("charter", _pin),
        sheets=whole(fields.value("sheets"), _read_sheets),
        checkpoints=whole(fields.value("checkpoints"), _read_checkpoints),
        peers=fields.optional("peers", lambda value: whole(value, _read_peers)) or {},
    )


def _read_sheets(fields: Fields) -> dict[str, Pin]:
    return {desk: _pin(fields.value(desk)) for desk in fields.names() if as_bytes(desk, ID_SIZE)}


def _read_peers(fields: Fields) -> dict[str, Pin]:
    return {peer: _pin(fields.value(peer)) for peer in fields.names() if as_bytes(peer, HASH_SIZE)}


def _read_checkpoints(fields: Fields) -> dict[str, str]:
    found = {log: fields.optional(log, as_text) for log in ("arrivals", "acts")}
    return {log: note for log, note in found.items() if note is not None}


def _pin(value: Any) -> Pin:
    return whole(value, lambda fields: Pin(fields.integer("number"), fields.hash("hash")))
