"""A case as one file is believed only as this office's own: what its record, its promise and its poster name."""

from __future__ import annotations

import tracemalloc
from argparse import Namespace
from dataclasses import replace

import pytest

from fairline.cli import opening_case
from fairline.ledger import promises
from fairline.ledger.acts import row
from fairline.seal import age, exportedcase
from fairline.seal.archive import PIECE, ArchivedFile, Source, read_archive, write_archive
from fairline.seal.envelope import read_envelope
from fairline.seal.errors import FairlineError, MalformedError
from fairline.seal.exportedcase import ExportedCase, ExportedFile, ExportedPost, ExportRecord
from fairline.seal.jsontext import write
from fairline.seal.manifest import write_manifest
from fairline.seal.passphrases import seal_with
from fairline.seal.primitives import H, b64, sign
from fairline.seal.recipients import identity, recipient_hash
from fairline.seal.vectors.office import TODAY
from fairline.terminal import casefile
from seal.conversation import ANSWERS, Conversation

PAGE, PICTURE = b"%PDF-1.6 a page", b"a picture"
WORDS = "eight words that a page has drawn for it"


@pytest.fixture(autouse=True)
def _logged(monkeypatch):
    """The made-up office's later root documents stand in no record; that is tested elsewhere."""
    monkeypatch.setattr(casefile, "logged_on", lambda _day: lambda _claim: True)


class Exported:
    """An export of a conversation, as a browser makes it."""

    def __init__(self):
        self.talk = Conversation()
        office, drop = self.talk.office, self.talk.drop
        (found,) = self.talk.found("office", self.talk.epoch)
        leaf, self.by = drop.post.leaf, office.bruno
        promise = promises.make(office.id, leaf, TODAY.isoformat(), office.promise_seed)
        post = ExportedPost(
            "r", 0, TODAY, read_envelope(found.content).c, leaf[64:], leaf[:32], promise.fields(), H(found.content)
        )
        documents = exportedcase.write_documents(write_manifest(office.manifest_files()), [])
        self.contents = {
            exportedcase.PAGE: PAGE,
            exportedcase.DOCUMENTS: documents,
            post.file: found.content,
            "attachments/01.png": PICTURE,
        }
        self.case = ExportedCase(
            office.id, office.desk, self.talk.mailbox.id, TODAY, self.by.id, "court", "Ninth chamber.", "case",
            (recipient_hash(self.talk.epoch.recipient),), (post,),
            (ExportedFile(bytes(16), "lock.png", len(PICTURE), "attachments/01.png", H(PICTURE)),),
            H(PAGE), H(documents),
        )  # fmt: skip

    def record(self, case=None, seed=None, **said):
        case = case or self.case
        what = write({
            "act": "export", "subject": b64(case.thread), "member": b64(self.by.id), "counter": 1,
            "after": b64(H(exportedcase.write_list(case))), "reason": case.reason,
        } | said)  # fmt: skip
        raw = row(what, sign(self.by.sign, "act", what), "2026-03-02T10:00:00Z").written()
        promise = promises.make(self.talk.office.id, H(raw), TODAY.isoformat(), seed or self.talk.office.promise_seed)
        return ExportRecord(raw, promise.fields())

    def archive(self, case=None, record=None, **contents):
        held = self.contents | contents
        return write_archive(exportedcase.archived(case or self.case, record or self.record(), held))

    @property
    def poster(self):
        return b64(self.talk.manifest.F)


@pytest.fixture
def made():
    return Exported()


def opened(archive, fingerprint=None):
    return casefile.read_case(Source.of(archive), fingerprint)


def refused(archive, fingerprint=None) -> str:
    with pytest.raises(FairlineError) as error:
        opened(archive, fingerprint)
    return error.value.code


def test_what_the_office_has_promised_is_read(made):
    case = opened(made.archive(), made.poster)
    text = "\n".join(case.thread.lines("en"))
    assert ANSWERS["what"] in text
    assert not case.thread.wrong
    assert case.by == b64(made.by.id)


def test_a_list_that_no_act_names_is_refused(made):
    changed = replace(made.case, words="Nobody asked.")
    assert refused(made.archive(changed, made.record())) == "export-act"
    assert refused(made.archive(replace(made.case, files=()), made.record())) == "export-act"


@pytest.mark.parametrize(
    "said", [{"act": "copy"}, {"subject": b64(bytes(16))}, {"member": b64(bytes(16))}, {"reason": "move"}]
)
def test_an_act_that_says_something_else_is_refused(made, said):
    assert refused(made.archive(record=made.record(**said))) == "export-act"


def test_a_promise_of_another_row_or_another_key_is_refused(made):
    mixed = ExportRecord(made.record().row, made.record().promise)
    assert refused(made.archive(record=mixed)) == "export-act"
    assert refused(made.archive(record=made.record(seed=bytes(32)))) == "promise-signature"


def test_the_file_of_another_office_is_refused(made):
    assert refused(made.archive(), b64(bytes(32))).startswith("root")
    assert refused(made.archive(), "one two three four five six seven eight") == "root-fork"


def test_a_message_that_nobody_promised_is_named_and_not_shown(made):
    (post,) = made.case.posts
    other = promises.make(made.talk.office.id, bytes(96), TODAY.isoformat(), made.talk.office.promise_seed).fields()
    case = replace(made.case, posts=(replace(post, promise=other),))
    read = opened(made.archive(case, made.record(case)), None)
    text = "\n".join(read.thread.lines("en"))
    assert ANSWERS["what"] not in text
    assert "WRONG (r 0)" in text
    case = replace(made.case, posts=(replace(post, promise=None),))
    assert opened(made.archive(case, made.record(case)), None).thread.wrong


def test_what_its_author_had_read_and_is_not_in_it_is_named(made):
    read = opened(made.archive(record=made.record(read={"r": 1, "i": 0})), made.poster)
    assert [place for place, _said in read.thread.faults] == ["r 1", "i 0"]
    assert read.thread.wrong
    assert not opened(made.archive(record=made.record(read={"r": 0})), made.poster).thread.wrong
    for said in ({"z": 0}, {"r": "1"}, {"r": True}, {"r": 20_000}, []):
        assert refused(made.archive(record=made.record(read=said))) == "export-act"


@pytest.mark.parametrize("more", [b"PK", b"%PDF-1.6 in front", b"\0"])
def test_an_archive_that_is_something_else_too_is_refused(made, more):
    for raw in (more + made.archive(), made.archive() + more, made.archive() * 2):
        assert refused(raw) == "archive"


def test_an_archive_is_read_where_it_lies_in_pieces():
    content = bytes(range(256)) * 4096 * 3 + b"and a rest"
    raw = write_archive([ArchivedFile("case.json", b"{}"), ArchivedFile("attachments/01.bin", content)])
    asked = []

    def fetch(start, stop):
        asked.append(stop - start)
        return raw[start:stop]

    found = read_archive(Source(len(raw), fetch))
    assert list(found) == ["case.json", "attachments/01.bin"]
    assert found.hash_of("attachments/01.bin") == H(content)
    assert b"".join(found.pieces("attachments/01.bin")) == content == found["attachments/01.bin"]
    assert max(asked) == PIECE


def test_no_byte_of_an_archive_can_be_another():
    raw = write_archive([ArchivedFile("case.json", b"{}"), ArchivedFile("attachments/01.bin", b"some words")])
    assert list(read_archive(Source.of(raw))) == ["case.json", "attachments/01.bin"]
    for at in range(len(raw)):
        spoilt = bytearray(raw)
        spoilt[at] ^= 1
        with pytest.raises(MalformedError, match="archive"):
            read_archive(Source.of(bytes(spoilt)))


def test_a_large_one_takes_no_more_memory_than_a_small_one(made, tmp_path):
    film = bytes(32 << 20)
    made.contents["attachments/01.png"] = film
    made.case = replace(
        made.case, files=(ExportedFile(bytes(16), "film.mp4", len(film), "attachments/01.png", H(film)),)
    )
    place, words = tmp_path / "case.age", tmp_path / "words"
    place.write_bytes(seal_with(made.archive(), WORDS, 10))
    words.write_text(WORDS)
    given = {"fingerprint": made.poster, "identity": None, "passphrase_file": str(words)}
    tracemalloc.start()
    try:
        assert opening_case.run(Namespace(**given, place=place, save=tmp_path / "out"), "en") == 0
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert H((tmp_path / "out" / "film.mp4").read_bytes()) == H(film)
    assert most < 8 << 20


def test_a_file_that_was_cut_or_altered_is_refused_before_anything_of_it_is_shown(made, tmp_path, capsys):
    place, words = tmp_path / "case.age", tmp_path / "words"
    words.write_text(WORDS)
    whole = seal_with(made.archive(), WORDS, 10)
    given = {"fingerprint": made.poster, "identity": None, "passphrase_file": str(words), "save": tmp_path / "out"}
    spoilt = bytearray(whole)
    spoilt[-100] ^= 1
    for raw in (bytes(spoilt), whole[:-1], whole[:-20_000], whole + b"x"):
        place.write_bytes(raw)
        with pytest.raises(FairlineError):
            opening_case.run(Namespace(**given, place=place), "en")
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "out").exists()


def test_it_opens_with_its_words_or_its_keys_and_is_saved_under_harmless_names(made, tmp_path, capsys):
    key = identity(bytes(range(32)))
    keys, words, bad = tmp_path / "keys", tmp_path / "words", tmp_path / "bad"
    keys.write_text(f"# mine\n{key.text}\n")
    words.write_text(f"  {WORDS.replace(' ', '   ')}\n")
    bad.write_text("other words")
    by_key, by_words = tmp_path / "key.age", tmp_path / "words.age"
    by_key.write_bytes(age.seal(made.archive(), [key.recipient]))
    by_words.write_bytes(seal_with(made.archive(), WORDS, 10))
    common = {"fingerprint": made.poster, "save": None, "identity": None, "passphrase_file": None}
    assert (
        opening_case.run(Namespace(**common | {"place": by_key, "identity": str(keys), "save": tmp_path / "out"}), "en")
        == 0
    )
    assert (tmp_path / "out" / "lock.png").read_bytes() == PICTURE
    assert (tmp_path / "out" / "case.pdf").read_bytes() == PAGE
    assert opening_case.run(Namespace(**common | {"place": by_words, "passphrase_file": str(words)}), "en") == 0
    assert ANSWERS["what"] in capsys.readouterr().out
    for wrong in ({"place": by_words, "passphrase_file": str(bad)}, {"place": by_words, "identity": str(keys)}):
        with pytest.raises(FairlineError, match="not-mine"):
            opening_case.run(Namespace(**common | wrong), "en")


def test_what_cannot_be_read_is_named_and_not_what_is_done_with_it(tmp_path):
    with pytest.raises(FairlineError, match="file") as refused, casefile.unsealed(tmp_path, []):
        pytest.fail("a folder was opened")
    assert "could not be read" in refused.value.sentence
    sealed, key = tmp_path / "case.age", identity(bytes(range(32)))
    sealed.write_bytes(age.seal(b"content", [key.recipient]))
    # A folder that is full, or a reader that has gone, is no fault of the file.
    with casefile.unsealed(sealed, [key]) as source:
        assert source.fetch(0, source.size) == b"content"
    with pytest.raises(BrokenPipeError), casefile.unsealed(sealed, [key]):
        raise BrokenPipeError
