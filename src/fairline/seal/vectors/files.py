"""All vector files and all operations, in one list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fairline.seal.vectors import (
    age,
    attachments,
    casefiles,
    desks,
    documents,
    envelopes,
    exports,
    filings,
    forms,
    indexes,
    jsontext,
    keyfiles,
    notebooks,
    openings,
    panels,
    primitives,
    receipt,
    referrals,
    threads,
    vault,
    works,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fairline.seal.vectors.cases import Book, Operations

SEALED = "sealed.json"
ATTACHMENT = "attachment.json"

BOOKS: tuple[Callable[[], Book], ...] = (
    primitives.primitives,
    primitives.strict_ed25519,
    jsontext.jsontext,
    age.recipients,
    age.payloads,
    receipt.receipt,
    receipt.padding,
    vault.shared,
    vault.vaults,
    documents.roots,
    documents.charters,
    desks.sheets,
    desks.entries,
    desks.manifests,
    envelopes.envelopes,
    envelopes.all_bodies,
    threads.threads,
    keyfiles.key_files,
    casefiles.case_files,
    exports.exports,
    filings.filings,
    filings.statements,
    panels.panels,
    filings.joinings,
    referrals.referrals,
    forms.forms,
    indexes.index_pages,
    notebooks.notebooks,
    works.works,
    openings.openings,
)

OPERATIONS: dict[str, Operations] = {
    "primitives": primitives.OPERATIONS,
    "ed25519": primitives.OPERATIONS,
    "jsontext": jsontext.OPERATIONS,
    "recipients": age.OPERATIONS,
    "stream": age.OPERATIONS,
    "receipt": receipt.OPERATIONS,
    "padding": receipt.OPERATIONS,
    "shares": vault.OPERATIONS,
    "vault": vault.OPERATIONS,
    **dict.fromkeys(("root", "charter", "sheet", "roster", "manifest"), documents.OPERATIONS),
    "envelope": envelopes.OPERATIONS,
    "bodies": envelopes.OPERATIONS,
    "thread": threads.OPERATIONS,
    "keys": keyfiles.OPERATIONS,
    "casekeys": casefiles.OPERATIONS,
    **dict.fromkeys(("filing", "statement", "invitation"), filings.OPERATIONS),
    "sealed": age.OPERATIONS,
    "referral": referrals.OPERATIONS,
    "form": forms.OPERATIONS,
    "export": exports.OPERATIONS,
    "index": indexes.OPERATIONS,
    "notebook": notebooks.OPERATIONS,
    "panel": panels.OPERATIONS,
    "attachment": attachments.OPERATIONS,
    "work": works.OPERATIONS,
    "opening": openings.OPERATIONS,
}


def written(folder: Path) -> dict[str, str]:
    """Name and text of every file; sealed files that lie in `folder` are kept as they are."""
    books = [make() for make in BOOKS]
    books.append(age.sealed(_kept(folder / SEALED, "file")))
    books.append(attachments.attachments(_kept(folder / ATTACHMENT, "start")))
    return {f"{book.name}.json": text(book.content()) for book in books}


def text(content: dict[str, Any]) -> str:
    """One case a line, so that a difference shows which case it is."""
    cases = ",\n".join(json.dumps(case, ensure_ascii=False) for case in content["cases"])
    head = json.dumps({key: value for key, value in content.items() if key != "cases"})
    return f'{head[:-1]}, "cases": [\n{cases}\n]}}\n'


def _kept(path: Path, field: str) -> dict[str, str]:
    if not path.exists():
        return {}
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    return {case["name"]: case["input"][field] for case in cases if field in case["input"]}
