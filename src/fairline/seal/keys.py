"""Bodies of `keys` envelopes: the seeds of a desk's epochs and of a case's generations, and who holds them.

Nobody holds anything alone: every key file names at least two people, or one and the paper key.
Source: `docs/formats.md`, "Envelope".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fairline.seal.bodies import BODY_LIMIT
from fairline.seal.fields import Fields, as_id, document, whole
from fairline.seal.jsontext import write
from fairline.seal.primitives import KEY_SIZE, b64


@dataclass(frozen=True)
class NumberedSeed:
    """A seed by its number: of an epoch or of a case's generation."""

    number: int
    seed: bytes = field(repr=False)


@dataclass(frozen=True)
class Keyholder:
    """Someone that a `keys` file is sealed to: member id and H(recipient)."""

    id: bytes
    recipient: bytes


@dataclass(frozen=True)
class DeskKeys:
    """Every living epoch seed of a desk, and its members."""

    epochs: tuple[NumberedSeed, ...]
    people: tuple[Keyholder, ...]


@dataclass(frozen=True)
class CaseKeys:
    """Every generation's seed of a case, the people assigned, who is barred, and `c` of the report."""

    generations: tuple[NumberedSeed, ...]
    people: tuple[Keyholder, ...]
    barred: tuple[bytes, ...]
    report: bytes


def read_desk_keys(body: bytes) -> DeskKeys:
    """The body of a desk's `keys`."""
    return document(
        body,
        lambda fields: DeskKeys(fields.list("epochs", _seed), fields.list("people", _holder)),
        BODY_LIMIT,
    )


def write_desk_keys(keys: DeskKeys) -> bytes:
    """The reverse of `read_desk_keys`."""
    return write(
        {"epochs": [_seed_json(one) for one in keys.epochs], "people": [_holder_json(one) for one in keys.people]}
    )


def read_case_keys(body: bytes) -> CaseKeys:
    """The body of a case's `keys`."""
    return document(body, _case_keys, BODY_LIMIT)


def write_case_keys(keys: CaseKeys) -> bytes:
    """The reverse of `read_case_keys`."""
    return write(
        {
            "generations": [_seed_json(one) for one in keys.generations],
            "people": [_holder_json(one) for one in keys.people],
            "barred": [b64(one) for one in keys.barred],
            "report": b64(keys.report),
        }
    )


def _case_keys(fields: Fields) -> CaseKeys:
    return CaseKeys(
        generations=fields.list("generations", _seed),
        people=fields.list("people", _holder),
        barred=fields.list("barred", as_id),
        report=fields.hash("report"),
    )


def _seed(value: Any) -> NumberedSeed:
    return whole(value, lambda fields: NumberedSeed(fields.integer("number"), fields.raw("seed", KEY_SIZE)))


def _seed_json(one: NumberedSeed) -> dict[str, Any]:
    return {"number": one.number, "seed": b64(one.seed)}


def _holder(value: Any) -> Keyholder:
    return whole(value, lambda fields: Keyholder(fields.id("id"), fields.hash("recipient")))


def _holder_json(one: Keyholder) -> dict[str, Any]:
    return {"id": b64(one.id), "recipient": b64(one.recipient)}
