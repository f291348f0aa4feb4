"""`fairline verify` sees what this room holds: an altered file, and only that, is named."""

from __future__ import annotations

import pytest

from fairline.line import recorded, services
from fairline.line.models import SealedFile
from fairline.line.recorded import posts_of
from support.line import TODAY, Line, Sender, new_post

pytestmark = pytest.mark.django_db


def test_every_promised_post_is_told_with_its_files() -> None:
    line = Line().found()
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    services.post(line.office, new_post(sender, "o", 0, {"r": 0}), TODAY)
    services.post(line.office, new_post(sender, "i", 0, {}), TODAY)
    posts = list(posts_of(line.office))
    assert [len(post.files) for post in posts] == [2, 8]
    assert all(file.actual == file.hash for post in posts for file in post.files)


def test_an_altered_file_differs_and_a_destroyed_one_says_so() -> None:
    line = Line().found()
    services.drop(line.office, Sender(line).drop(), TODAY)
    SealedFile.objects.filter(place=0).update(sealed=b"altered")
    SealedFile.objects.filter(place=1).update(sealed=b"")
    files = next(posts_of(line.office)).files
    assert files[0].actual not in {None, files[0].hash}
    assert files[1].actual is None
    assert files[2].actual == files[2].hash


def test_what_is_empty_was_deleted_unless_the_case_has_it() -> None:
    """Nobody empties a report, or writes another in its place, and finds that the record has nothing to say."""
    line = Line().found()
    services.drop(line.office, Sender(line).drop(), TODAY)
    office = SealedFile.objects.filter(kind="office")
    row = office.get()
    SealedFile.objects.exclude(kind="office").update(sealed=b"", resealed=False)
    office.update(sealed=b"another report", resealed=True)
    files = next(posts_of(line.office)).files
    at = next(place for place, file in enumerate(files) if file.hash == row.hash)
    assert files[at].actual not in {None, row.hash}
    assert all(file.gone for place, file in enumerate(files) if place != at)
    office.update(sealed=b"", resealed=False)
    assert next(posts_of(line.office)).files[at].gone
    row.pk, row.kind, row.place, row.sealed = None, "case", 64, b"the case's own"
    row.save(force_insert=True)
    assert not next(posts_of(line.office)).files[at].gone


def test_the_files_of_many_threads_are_told_each_with_its_post(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded, "AT_ONCE", 2)
    line = Line().found()
    senders = [Sender(line) for _ in range(5)]
    for sender in senders:
        services.drop(line.office, sender.drop(), TODAY)
    services.post(line.office, new_post(senders[1], "o", 0, {"r": 0}), TODAY)
    services.post(line.office, new_post(senders[1], "o", 1, {"r": 0, "o": 0}), TODAY)
    posts = list(posts_of(line.office))
    assert sorted(len(post.files) for post in posts) == [2, 2, 8, 8, 8, 8, 8]
    assert len({post.name for post in posts}) == 7
    stored = {(file.thread_id, file.chain, file.n, file.place): file.hash for file in SealedFile.objects.all()}
    told = [file.hash for post in posts for file in post.files]
    assert told == [stored[place] for place in sorted(stored)]
