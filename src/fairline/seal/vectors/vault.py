"""Vectors of shares, of the vault and of the ways to unlock it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fairline.seal import shares, vault
from fairline.seal.pins import Pin, Pins
from fairline.seal.primitives import H, b64, unb64
from fairline.seal.vectors.cases import Book, Operations

# Dealt by npm shamir-secret-sharing 0.0.4: split(bytes 1, 8, 15, … (seven apart, mod 256), 5, 3).
DEALT_BY_THE_LIBRARY = (
    "2e226e3d3c684c29006c4d0eba7a82b9e583ba7c4ee4c75f05808a690653cd80c6",
    "339083c559bba409a3adedf6a975e56abc69c88dde11825f8841d25c992c1da018",
    "5d4e58e0c4ec2e7c621c0acef406cb1e059ca130b3d366a754e3034354d12279d0",
    "537d617ee2bef3bd04044d0b68c255650da98e36bfdcd6746895b42ff58f906633",
    "5ce7d3222a589dacad77393329373d943e7ef2187779d9a3d484fe3b6582e88471",
)


def _combine(given: dict[str, Any]) -> str:
    found = {share["index"]: unb64(share["share"]) for share in given["shares"]}
    return b64(shares.combine(found, [unb64(one) for one in given["hashes"]]))


def _login(given: dict[str, Any]) -> dict[str, str]:
    cost = vault.Cost(given["memory"], given["passes"])
    found = vault.unlock_by_passphrase(given["passphrase"], unb64(given["salt"]), cost)
    return {"auth": b64(found.auth), "wrap": found.wrap.recipient}


OPERATIONS: Operations = {
    "combine": _combine,
    "login": _login,
    "paper": lambda given: vault.paper_wrap(unb64(given["entropy"]), unb64(given["member"])).recipient,
    "vault-identity": lambda given: vault.vault_identity(unb64(given["seed"]), unb64(given["member"])).recipient,
    "read-vault": lambda given: b64(vault.write_vault(vault.read_vault(given["text"].encode("utf-8")))),
}


def shared() -> Book:
    """`vectors/shares.json`."""
    book = Book("shares", OPERATIONS)
    secret = bytes((index * 7 + 1) % 256 for index in range(32))
    library = [bytes.fromhex(share) for share in DEALT_BY_THE_LIBRARY]
    ours = shares.split(secret, 9, 5, book.random)
    for name, dealt, chosen in (
        ("dealt by the npm package", library, (0, 3, 4)),
        ("more than needed", library, (4, 3, 2, 1, 0)),
        ("dealt by us", ours, (8, 0, 4, 2, 6)),
    ):
        hashes = [b64(H(share)) for share in dealt]
        given: list[dict[str, Any]] = [{"index": index, "share": b64(dealt[index])} for index in chosen]
        found = book.add(name, "by index", "combine", shares=given, hashes=hashes)
        if unb64(found) != secret:
            raise AssertionError(name)
    wrong = [given[0], {"index": 1, "share": given[1]["share"]}]
    book.add("wrong place", "share of another index", "combine", "share-hash", shares=wrong, hashes=hashes)
    beyond = [given[0], {"index": 9, "share": given[1]["share"]}]
    book.add("no such index", "beyond the deal", "combine", "share-hash", shares=beyond, hashes=hashes)
    long = [given[0], {"index": 0, "share": b64(unb64(given[1]["share"]) + b"\0")}]
    book.add("long share", "34 bytes", "combine", "share-hash", shares=long, hashes=hashes)
    book.add("one share", "too few", "combine", "share-count", shares=given[:1], hashes=hashes)
    return book


def vaults() -> Book:
    """`vectors/vault.json`."""
    book = Book("vault", OPERATIONS)
    salt, member, seed, entropy = book.random(16), book.random(16), book.random(32), book.random(16)
    least = {"salt": b64(salt), "memory": 65536, "passes": 3}
    typed = {"passphrase": "Schlüssel für Gebäude 7"} | least
    apart = {"passphrase": "Schlu\u0308ssel fu\u0308r Geba\u0308ude 7"} | least
    book.add("passphrase", "Argon2id, 64 MiB, 3 passes", "login", **typed)
    book.add("passphrase decomposed", "same keys", "login", **apart)
    for name, code, changed in (
        ("less memory", "passphrase-cost", {"memory": 65535}),
        ("fewer passes", "passphrase-cost", {"passes": 2}),
        ("far too much memory", "passphrase-cost", {"memory": 2**21}),
        ("far too many passes", "passphrase-cost", {"passes": 65}),
        ("short salt", "passphrase-salt", {"salt": b64(salt[:15])}),
    ):
        book.add(f"refused: {name}", name, "login", code, **(typed | changed))
    book.add("printed code", "label paper wrap", "paper", entropy=b64(entropy), member=b64(member))
    book.add("vault seed", "label vault", "vault-identity", seed=b64(seed), member=b64(member))
    pin = Pin(3, book.random(32))
    pins = Pins(book.random(32), pin, pin, {b64(book.random(16)): pin}, {"arrivals": "note\n", "acts": "note"})
    pins = replace(pins, peers={b64(book.random(32)): pin})
    full = vault.Vault(member, book.random(32), book.random(32), book.random(32), pins, (book.random(32),), seed)
    text = vault.write_vault(full).decode("utf-8")
    book.add("read", "every field", "read-vault", text=text)
    bare = vault.Vault(member, full.sign, full.seal, full.index, Pins(pins.F))
    book.add("read bare", "optional fields left out", "read-vault", text=vault.write_vault(bare).decode("utf-8"))
    for name, code, broken in (
        ("version", "json-type", text.replace('"v":1', '"v":2')),
        ("unknown field", "json-unknown", text.replace('"v":1', '"v":1,"w":1')),
        ("missing field", "json-missing", text.replace('"old":[', '"older":[')),
        ("member too short", "base64", text.replace(b64(member), b64(member[:15]))),
        ("unknown log", "json-unknown", text.replace('"acts":', '"others":')),
        ("pin below zero", "json-type", text.replace('"number":3', '"number":-3')),
    ):
        book.add(f"refused: {name}", name, "read-vault", code, text=broken)
    return book
