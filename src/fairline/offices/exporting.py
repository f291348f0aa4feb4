"""What `fairline export` takes out of this room: signed documents, sealed keys, and what is in clear anyway.

Left behind: what serves to sign in (hashes of login values, telephone secrets, sessions). Keys alone open an export.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairline.offices.models import Document, KeyFile, Office, SignIn, Vault, Wrap
from fairline.offices.queries import members, office
from fairline.profiles import queries as profiles
from fairline.seal import jsontext
from fairline.seal.document import parse_file
from fairline.seal.primitives import H, b64
from fairline.seal.sheet import read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator


def index(key: bytes) -> dict[str, Any]:
    """Return the office's part of the index; raises `LookupError` for an office that is not here."""
    facts = office(key)
    if facts is None:
        raise LookupError("no such office")
    return {"names": dict(facts.names), "zone": facts.zone, "members": _members(key), "keys": list(_keys(key))}


def files(key: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every document and every sealed key of the office."""
    texts: set[bytes] = set()
    for row in Document.objects.filter(office=key).order_by("kind", "desk", "number"):
        desk = f"{b64(row.desk)}-" if row.desk else ""
        yield f"documents/{row.kind}-{desk}{row.number}.json", row.file
        if row.kind == Document.SHEET:
            sheet = read_sheet(parse_file(row.file).doc)
            texts |= {sheet.form, sheet.profile}
    for name in sorted(texts):
        text = profiles.document(name)
        if text is not None:
            yield f"documents/text-{b64(name)}.json", text
    for keys in KeyFile.objects.filter(desk__office=key).order_by("desk", "n", "member"):
        yield _key_path(keys), keys.file
    for vault in Vault.objects.filter(member__office=key).order_by("member"):
        yield f"members/{b64(vault.member_id)}.vault.age", vault.file
    for wrap in Wrap.objects.filter(member__office=key).order_by("member", "kind"):
        yield f"members/{b64(wrap.member_id)}.{wrap.kind}.age", wrap.file


def offices_here() -> list[bytes]:
    """Return the ids of all offices."""
    return list(Office.objects.order_by("id").values_list("id", flat=True))


def _members(key: bytes) -> list[dict[str, Any]]:
    signing_in = {row.member_id: row for row in SignIn.objects.filter(office=key)}
    return [
        {
            "id": b64(one.id),
            "name": one.name,
            "alias": one.alias,
            "roles": list(one.roles),
            "recipient": one.recipient,
            "entry": b64(one.entry),
            "proof": jsontext.parse(one.proof),
            # The salt belongs to the wrap: without it no passphrase opens one.
            **(
                {"sign_in": signing_in[one.id].name, "salt": b64(signing_in[one.id].salt)}
                if one.id in signing_in
                else {}
            ),
        }
        for one in members(key)
    ]


def _keys(key: bytes) -> Iterator[dict[str, Any]]:
    for row in KeyFile.objects.filter(desk__office=key).order_by("desk", "n", "member"):
        yield {
            "desk": b64(row.desk_id),
            "n": row.n,
            "epoch": row.epoch,
            "member": b64(row.member_id),
            "c": b64(row.commitment),
            "what": b64(row.what),
            "sig": b64(row.signature),
            "file": _key_path(row),
            "hash": b64(H(row.file)),
        }


def _key_path(row: KeyFile) -> str:
    return f"keys/{b64(row.desk_id)}-{row.n}-{b64(row.member_id)}.age"
