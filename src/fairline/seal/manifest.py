"""The manifest: root documents, charter and sheets together, as a door serves them.

A browser or a program uses only public keys that it has proven from the office's root, never because the server
says so: `VerifiedManifest` is a type of its own, and `prove_manifest` is the only way to one.
Source: `docs/formats.md`, "Three signed documents".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NewType

from fairline.seal.charter import ProvenCharter, check_pin, prove_charter
from fairline.seal.document import VERSION, DocumentFile, DocumentName, file_json, read_file
from fairline.seal.errors import RefusedError
from fairline.seal.fields import Fields, as_hash, as_list, as_text, document, whole, wrong_type
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64
from fairline.seal.root import ProvenRoot, prove_roots
from fairline.seal.sheet import ProvenSheet, prove_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from fairline.seal.charter import Record

# Roots, a charter with its custodians, and the sheets of a large office.
MANIFEST_LIMIT = 8 * 1024 * 1024


@dataclass(frozen=True)
class Rooted:
    """How a root document from number 1 on shows that it stands in the acts log.

    Attributes:
        number: of the root document.
        promise: the record's promise as parsed JSON, until the next night.
        index: place in the log, from then on.
        hashes: proof of inclusion under the manifest's checkpoint.
    """

    number: int
    promise: Mapping[str, Any] | None = None
    index: int | None = None
    hashes: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class ManifestFiles:
    """What a door serves. Nothing in it is proven.

    Attributes:
        roots: from number 0 on.
        rooted: one for each root document from number 1 on.
        checkpoint: of the acts log, if `rooted` needs it.
        charter: in force.
        sheets: by desk id in base64url, from the least sheet on.
    """

    roots: tuple[DocumentFile, ...]
    rooted: tuple[Rooted, ...]
    checkpoint: str | None
    charter: DocumentFile
    sheets: Mapping[str, tuple[DocumentFile, ...]]


@dataclass(frozen=True)
class DocumentPins:
    """What was seen and proven before; `F` may come from a poster instead."""

    F: bytes | None = None
    root: DocumentName | None = None
    charter: DocumentName | None = None
    sheets: Mapping[str, DocumentName] = field(default_factory=dict)


@dataclass(frozen=True)
class LogClaim:
    """What the record must show of one root document.

    Attributes:
        office: 16-byte id.
        leaf: the entry of the acts log, H(doc).
        row: the manifest's own claim.
        checkpoint: the manifest's checkpoint.
        record: the charter's record keys.
    """

    office: bytes
    leaf: bytes
    row: Rooted
    checkpoint: str | None
    record: Record


@dataclass(frozen=True)
class Manifest:
    """The three documents, proven.

    Attributes:
        office: 16-byte id.
        F: H of root document 0: the office for ever, on every poster.
        roots: the whole chain, newest last.
        charter: in force.
        sheets: the proven sheets of each desk of this office, oldest first, by desk id in base64url.
    """

    office: bytes
    F: bytes
    roots: tuple[ProvenRoot, ...]
    charter: ProvenCharter
    sheets: Mapping[str, tuple[ProvenSheet, ...]]

    @property
    def root(self) -> ProvenRoot:
        """The newest root document."""
        return self.roots[-1]

    def sheet(self, desk: bytes) -> ProvenSheet | None:
        """The newest sheet of a desk of this office."""
        chain = self.sheets.get(b64(desk))
        return chain[-1] if chain else None


VerifiedManifest = NewType("VerifiedManifest", Manifest)


def parse_manifest(text: bytes) -> ManifestFiles:
    """What a door serves, out of its bytes."""
    return document(text, _read_manifest, MANIFEST_LIMIT)


def write_manifest(files: ManifestFiles) -> bytes:
    """What a door serves, as bytes."""
    body: dict[str, Any] = {
        "v": VERSION,
        "roots": [file_json(file) for file in files.roots],
        "rooted": [_rooted_json(row) for row in files.rooted],
    }
    if files.checkpoint is not None:
        body["checkpoint"] = files.checkpoint
    sheets = {desk: [file_json(file) for file in chain] for desk, chain in files.sheets.items()}
    return write(body | {"charter": file_json(files.charter), "sheets": sheets})


def prove_manifest(
    files: ManifestFiles,
    today: date,
    logged: Callable[[LogClaim], bool],
    pins: DocumentPins | None = None,
) -> VerifiedManifest:
    """Prove all three documents: roots from the fingerprint, charter by the newest root, sheets by the charter.

    Args:
        files: what a door served.
        today: the reader's own day.
        logged: whether the record shows a root document; the ledger room knows how.
        pins: what was seen before, and `F` from the poster.

    Raises:
        RefusedError: as `root`, `charter` and `sheet` say, and `root-unlogged`.
    """
    pins = pins or DocumentPins()
    roots, charter = prove_standing(files, today, logged, pins)
    sheets = {}
    for desk in charter.desks:
        if desk.outside is None:
            name = b64(desk.id)
            sheets[name] = prove_sheets(files.sheets.get(name, ()), desk, charter, pins.sheets.get(name))
    if not files.sheets.keys() <= sheets.keys():
        raise RefusedError("sheet-desk", "A sheet is of a desk that the charter does not name.")
    return VerifiedManifest(Manifest(charter.office, roots[0].hash, roots, charter, sheets))


def prove_standing(
    files: ManifestFiles,
    today: date,
    logged: Callable[[LogClaim], bool],
    pins: DocumentPins | None = None,
) -> tuple[tuple[ProvenRoot, ...], ProvenCharter]:
    """Prove roots and charter alone: who an office is and who works there, not who reads.

    Raises:
        RefusedError: as `root` and `charter` say, and `root-unlogged`.
    """
    pins = pins or DocumentPins()
    roots = prove_roots(files.roots, pins.F)
    _check_root_pin(roots, pins.root)
    charter = prove_charter(files.charter, roots[-1], today, pins.charter)
    _check_logged(files, roots, charter, logged)
    return roots, charter


def pins_of(manifest: VerifiedManifest) -> DocumentPins:
    """What to remember of a proven manifest, so that nobody shows an older one later."""
    return DocumentPins(
        F=manifest.F,
        root=DocumentName(manifest.root.number, manifest.root.hash),
        charter=DocumentName(manifest.charter.number, manifest.charter.hash),
        sheets={desk: DocumentName(chain[-1].number, chain[-1].hash) for desk, chain in manifest.sheets.items()},
    )


def _check_root_pin(roots: Sequence[ProvenRoot], pin: DocumentName | None) -> None:
    if pin is None:
        return
    if pin.number >= len(roots):
        raise RefusedError("root-chain", "An older root than was seen before is shown.")
    check_pin(DocumentName(pin.number, roots[pin.number].hash), pin, "root-chain")


def _check_logged(
    files: ManifestFiles,
    roots: Sequence[ProvenRoot],
    charter: ProvenCharter,
    logged: Callable[[LogClaim], bool],
) -> None:
    """Nobody forks the chain unseen: every root document after the first stands in the public record."""
    for root in roots[1:]:
        row = next((row for row in files.rooted if row.number == root.number), None)
        if row is None or not logged(LogClaim(root.office, root.hash, row, files.checkpoint, charter.record)):
            raise RefusedError("root-unlogged", "A root document does not stand in the public record.")


def _read_manifest(fields: Fields) -> ManifestFiles:
    fields.fixed("v", VERSION)
    return ManifestFiles(
        roots=fields.list("roots", read_file),
        rooted=fields.list("rooted", lambda value: whole(value, _read_rooted)),
        checkpoint=fields.optional("checkpoint", as_text),
        charter=read_file(fields.value("charter")),
        sheets=whole(fields.value("sheets"), _read_sheets),
    )


def _read_sheets(fields: Fields) -> dict[str, tuple[DocumentFile, ...]]:
    return {desk: tuple(read_file(file) for file in as_list(fields.value(desk))) for desk in fields.names()}


def _read_rooted(fields: Fields) -> Rooted:
    number = fields.integer("number", 1)
    if fields.has("promise"):
        promise = fields.value("promise")
        if not isinstance(promise, dict):
            raise wrong_type()
        return Rooted(number, promise)
    return Rooted(number, None, fields.integer("index"), fields.list("hashes", as_hash))


def _rooted_json(row: Rooted) -> dict[str, Any]:
    if row.promise is not None:
        return {"number": row.number, "promise": dict(row.promise)}
    return {"number": row.number, "index": row.index, "hashes": [b64(one) for one in row.hashes]}
