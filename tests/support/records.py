"""An office with a record, and posts that were promised."""

import secrets
from datetime import date

from fairline.core.transactions import writing
from fairline.ledger import leaves, services, stored
from fairline.seal.primitives import H

FOUNDED = date(2026, 3, 2)


class Record:
    """A record that begins on `FOUNDED`, and what the rooms above it hold."""

    def __init__(self):
        self.office = secrets.token_bytes(16)
        self.keys = services.found(self.office, "line.example.org", "Europe/Lisbon", FOUNDED)
        self.posts = []
        self.members = {}
        self.documents = set()

    def arrive(self, day=FOUNDED):
        """A report of two files is stored and promised."""
        files = [H(secrets.token_bytes(8)) for _ in range(2)]
        entry = leaves.Arrival(secrets.token_bytes(32), secrets.token_bytes(32), leaves.received(files)).entry()
        with writing():
            promise = services.promise(self.office, entry, day)
        held = [stored.StoredFile(file, file) for file in files]
        self.posts.append(stored.StoredPost(f"post {len(self.posts)}", promise, held))
        return promise


def begin(monkeypatch):
    """A record that is the only one other rooms speak of."""
    stored.discover()
    monkeypatch.setattr(stored, "_posts", {})
    monkeypatch.setattr(stored, "_signers", {})
    made = Record()
    stored.posts("tests", lambda office: iter(made.posts if office == made.office else ()))
    stored.signers(
        "tests",
        lambda _office: stored.Signers(
            {one: set(keys) for one, keys in made.members.items()}, documents=frozenset(made.documents)
        ),
    )
    return made
