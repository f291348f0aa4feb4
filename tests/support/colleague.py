"""A member of the demonstration's office who works by HTTP as their browser would: unlocks, reads, answers."""

from __future__ import annotations

import json
import urllib.request
from datetime import datetime
from typing import Any

from fairline.ledger.acts import parse_what
from fairline.seal import age, vault
from fairline.seal.bodies import Message, Text, write_message, write_text
from fairline.seal.charter import ProvenCharter, read_charter
from fairline.seal.document import parse_file
from fairline.seal.envelope import Header, MemberBy, read_envelope
from fairline.seal.jsontext import parse
from fairline.seal.keys import read_desk_keys
from fairline.seal.parcel import read_parcel
from fairline.seal.post import Audiences, Readers, Request, post_parcel, seal_post
from fairline.seal.primitives import b64, unb64
from fairline.seal.recipients import Identity, identity, recipient_hash
from fairline.seal.roster import read_proof
from fairline.seal.thread import Found, Reader, Thread, read_thread
from support.installation import Installation


class Colleague:
    """One member, signed in and unlocked."""

    opened = staticmethod(urllib.request.urlopen)
    set_cookie = ""
    """The last cookie as the door set it."""

    def __init__(self, installation: Installation, sign_in: str) -> None:
        shown = json.loads((installation.folder / "var" / "demonstration.json").read_text(encoding="utf-8"))
        self.person = next(one for one in shown["members"] if one["sign_in"] == sign_in)
        self.office = unb64(shown["office"])
        self.installation = installation
        self.origin = installation.urls["office"]
        self.cookie = ""
        self._sign_in()
        self._unlock()

    @property
    def now(self) -> datetime:
        return self.installation.now()

    def ask(self, method: str, path: str, body: bytes | dict[str, Any] | None = None) -> bytes:
        """Send what the member's own page would send."""
        sent = json.dumps(body).encode() if isinstance(body, dict) else body
        kind = "application/json" if isinstance(body, dict) else "application/octet-stream"
        request = urllib.request.Request(f"{self.origin}/api/at/{b64(self.office)}/{path}", sent, method=method)
        for name, value in {"Origin": self.origin, "Sec-Fetch-Site": "same-origin", "Content-Type": kind}.items():
            request.add_header(name, value)
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        with self.opened(request, timeout=30) as answer:
            self.set_cookie = answer.headers.get("Set-Cookie") or self.set_cookie
            self.cookie = (answer.headers.get("Set-Cookie") or self.cookie).partition(";")[0]
            found: bytes = answer.read()
            return found

    def page(self, path: str, language: str = "en") -> bytes:
        """The office's document as anybody sees it."""
        with urllib.request.urlopen(f"{self.origin}/{language}/at/{b64(self.office)}/{path}", timeout=30) as answer:
            found: bytes = answer.read()
            return found

    def roles(self) -> list[str]:
        """What the server says that this member may do."""
        found: list[str] = json.loads(self.ask("GET", "me"))["roles"]
        return found

    def _sign_in(self) -> None:
        name = self.person["sign_in"]
        begun = json.loads(self.ask("POST", "signin/start", {"name": name}))
        self.login = vault.unlock_by_passphrase(self.person["passphrase"], unb64(begun["salt"]))
        digits = self.installation.digits(self.person["totp"])
        self.ask("POST", "signin", {"name": name, "auth": b64(self.login.auth), "digits": digits})

    def _unlock(self) -> None:
        held = json.loads(self.ask("GET", "vault"))
        self.id = unb64(held["member"])
        seed = vault.unwrap_seed(unb64(held["wraps"]["passphrase"]), self.login.wrap)
        self.vault = vault.open_vault(unb64(held["vault"]), seed, self.id)
        documents = json.loads(self.ask("GET", "documents"))
        manifest = parse(unb64(documents["manifest"]), 8 << 20)
        files = [unb64(manifest["charter"]["doc"]), *(parse_file(unb64(one)).doc for one in documents["earlier"])]
        self.charters = {one.number: ProvenCharter(one) for one in map(read_charter, files)}
        mine = next(one for one in documents["people"] if unb64(one["id"]) == self.id)
        self.by = MemberBy(unb64(mine["entry"]), read_proof(parse(unb64(mine["proof"]))))

    def arrivals(self) -> list[dict[str, Any]]:
        """The list of arrivals of this member's desks."""
        found: list[dict[str, Any]] = json.loads(self.ask("GET", "arrivals"))["threads"]
        return found

    def epochs(self, desk: str) -> dict[int, Identity]:
        """The living epochs of a desk, from this member's newest key file; an act names it."""
        row = max(json.loads(self.ask("GET", f"desks/{desk}/keys"))["files"], key=lambda one: one["n"])
        assert parse_what(unb64(row["what"])).fields["keys"] == row["commitment"]
        opened = read_envelope(age.unseal(unb64(row["file"]), [identity(self.vault.seal)]))
        assert b64(opened.c) == row["commitment"]
        return {one.number: identity(one.seed) for one in read_desk_keys(opened.body).epochs}

    def open(self, thread: str) -> tuple[dict[str, Any], Thread]:
        """Declare to know nobody in it, fetch, open and prove a thread."""
        self.ask("POST", f"threads/{thread}/declaration", {"kind": "none"})
        parcel = read_parcel(self.ask("GET", f"threads/{thread}"))
        head = dict(parcel.head)
        openers = list(self.epochs(head["desk"]).values())
        held = [row for row in head["posts"] if row["held"]]
        found = [
            Found(row["chain"], row["n"], age.unseal(file.content, openers))
            for row, file in zip(held, parcel.files, strict=True)
        ]
        own = frozenset(recipient_hash(one.recipient) for one in openers)
        reader = Reader(self.office, unb64(head["desk"]), unb64(thread), "office", own, own, self.charters.get)
        return head, read_thread(found, reader)

    def write(self, thread: str, text: str, *, note: bool = False) -> None:
        """Seal an answer, or a note for colleagues, and hand it in."""
        head, read = self.open(thread)
        assert read.reporter is not None
        chain = "i" if note else "o"
        number = head["audience"]["epoch"]
        readers = Readers("epoch", number, self.epochs(head["desk"])[number].recipient)
        header = Header(
            kind="note" if note else "message", office=self.office, desk=unb64(head["desk"]), thread=unb64(thread),
            to=(), by=self.by, chain=chain, n=head["heads"].get(chain, -1) + 1, prev=read.chains.newest(chain),
            seen=None if note else read.chains.newest("r"),
        )  # fmt: skip
        boxes = (None, None) if note else (read.reporter.box, read.reporter.tag)
        body = write_text(Text(text, "en")) if note else write_message(Message(text, "en"))
        post = seal_post(header, body, self.vault.sign, Audiences(readers.recipient, *boxes))
        heads = {name: head["heads"][name] for name in ("r", "o") if name in head["heads"]}
        self.ask("POST", f"threads/{thread}/posts", post_parcel(post, unb64(thread), Request(heads, readers)))
