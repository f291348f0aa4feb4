"""The manifest put together from stored documents, and proven as strictly as any browser does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fairline.ledger import checkpoints, merkle, promises, queries
from fairline.ledger.checkpoints import ACTS, origin
from fairline.offices.models import Document
from fairline.seal.charter import read_charter
from fairline.seal.document import DocumentFile, parse_file
from fairline.seal.manifest import LogClaim, ManifestFiles, Rooted, VerifiedManifest, pins_of, prove_manifest
from fairline.seal.primitives import b64
from fairline.seal.sheet import read_sheet


@dataclass(frozen=True)
class Stored:
    """Every document of an office that is not replaced for good."""

    roots: tuple[DocumentFile, ...]
    promises: Mapping[int, bytes]
    """Promise documents of the roots from number 1 on."""
    charter: DocumentFile
    sheets: Mapping[bytes, tuple[DocumentFile, ...]]
    """All sheets by desk id, oldest first."""


def stored(office: bytes) -> Stored:
    """Return the stored documents of ``office``."""
    rows = Document.objects.filter(office=office)
    roots = list(rows.filter(kind=Document.ROOT).order_by("number"))
    charter = rows.filter(kind=Document.CHARTER).order_by("-number").first()
    if charter is None:
        raise LookupError("an office without a charter")
    sheets: dict[bytes, list[DocumentFile]] = {}
    for row in rows.filter(kind=Document.SHEET).order_by("desk", "number"):
        sheets.setdefault(row.desk, []).append(parse_file(row.file))
    return Stored(
        tuple(parse_file(row.file) for row in roots),
        {row.number: row.promise for row in roots if row.promise},
        parse_file(charter.file),
        {desk: tuple(files) for desk, files in sheets.items()},
    )


def served(documents: Stored) -> ManifestFiles:
    """Return what a door serves: sheets from the charter's least on, and where each root stands in the record."""
    charter = read_charter(documents.charter.doc)
    sheets = {
        b64(desk.id): _from_least(documents.sheets.get(desk.id, ()), desk.sheet.number)
        for desk in charter.desks
        if desk.sheet is not None
    }
    rooted, checkpoint = _rooted(documents.promises)
    return ManifestFiles(documents.roots, rooted, checkpoint, documents.charter, sheets)


def prove(
    files: ManifestFiles, today: date, before: VerifiedManifest | None, news: Sequence[bytes]
) -> VerifiedManifest:
    """Prove a manifest as a browser would that has seen ``before``.

    Args:
        files: to be proven.
        today: the present day where the office is.
        before: what was proven last, None at the founding.
        news: hashes of root documents that are about to be recorded in this very act.

    Raises:
        RefusedError, MalformedError: with the code of the first check that does not hold.
    """
    return prove_manifest(files, today, _logged(news), None if before is None else pins_of(before))


def _logged(news: Sequence[bytes]) -> Callable[[LogClaim], bool]:
    return lambda claim: claim.leaf in news or logged(claim)


def logged(claim: LogClaim) -> bool:
    """Return whether the record shows a root document: promised, or included under the manifest's checkpoint.

    Raises:
        LedgerError: a promise, checkpoint or proof that does not hold.
    """
    if claim.row.promise is not None:
        promise = promises.from_fields(claim.row.promise)
        promise.check(claim.record.promise)
        return promise.leaf == claim.leaf and promise.office == claim.office
    if claim.checkpoint is None or claim.row.index is None:
        return False
    name = origin(claim.record.host, claim.office, ACTS)
    signed = checkpoints.opened(claim.checkpoint.encode(), name, claim.record.checkpoint).checkpoint
    leaf = merkle.leaf_hash(claim.leaf)
    merkle.verify_inclusion(leaf, claim.row.index, signed.size, claim.row.hashes, signed.root)
    return True


def with_documents(documents: Stored, roots: Sequence[DocumentFile], charter: DocumentFile | None,
                   sheets: Sequence[DocumentFile]) -> Stored:  # fmt: skip
    """Return ``documents`` as they would be with new ones."""
    chains = {desk: list(files) for desk, files in documents.sheets.items()}
    for file in sheets:
        chains.setdefault(read_sheet(file.doc).desk, []).append(file)
    return replace(
        documents,
        roots=(*documents.roots, *roots),
        charter=charter or documents.charter,
        sheets={desk: tuple(files) for desk, files in chains.items()},
    )


def _from_least(files: Sequence[DocumentFile], least: int) -> tuple[DocumentFile, ...]:
    return tuple(file for file in files if read_sheet(file.doc).number >= least)


def _rooted(kept: Mapping[int, bytes]) -> tuple[tuple[Rooted, ...], str | None]:
    """Say where each root stands; until its night it is the promise that says so."""
    rows: list[Rooted] = []
    checkpoint: str | None = None
    for number, document in sorted(kept.items()):
        promise = promises.parse(document)
        found = queries.inclusion(promise)
        if found is None:
            rows.append(Rooted(number, promise.fields()))
        else:
            checkpoint = found.checkpoint.decode()
            rows.append(Rooted(number, None, found.index, tuple(found.path)))
    return tuple(rows), checkpoint
