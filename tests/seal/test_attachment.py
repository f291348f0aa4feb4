"""An attachment is cut into parts that go by themselves, and is read in any piece; what was altered is noticed."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fairline.seal.attachment import (
    PART_BYTES,
    Attachment,
    Upload,
    attachment_hash,
    begin_upload,
    check_upload,
    seal_part,
    shape,
)
from fairline.seal.envelope import FileName
from fairline.seal.errors import SealError
from fairline.seal.primitives import H
from fairline.seal.shownname import SEPARATORS, kept_name, shown_name
from fairline.seal.vectors.attachments import pattern

SIZE = 2 * PART_BYTES + 100_000


def sealed(size):
    upload = begin_upload(size)
    parts = [seal_part(upload, part, pattern(*upload.shape.own_span(part))) for part in range(upload.shape.parts)]
    whole = attachment_hash([H(part) for part in parts])
    return upload, parts, FileName(upload.blob, upload.seed, whole, size, "scale.jpg", "image/jpeg")


UPLOAD, PARTS, FILE = sealed(SIZE)


def test_what_was_sealed_is_read_whole():
    attachment = Attachment(FILE, lambda part: PARTS[part])
    assert b"".join(attachment.whole()) == pattern(0, SIZE)


def test_after_a_stop_the_same_bytes_are_sealed_again():
    kept = check_upload(Upload(UPLOAD.blob, UPLOAD.seed, UPLOAD.file_key, UPLOAD.start, SIZE))
    for part in reversed(range(kept.shape.parts)):
        assert seal_part(kept, part, pattern(*kept.shape.own_span(part))) == PARTS[part]


def test_another_file_gives_other_parts():
    start, stop = UPLOAD.shape.own_span(0)
    assert seal_part(UPLOAD, 0, bytes(stop - start)) != PARTS[0]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, SIZE + 10), st.integers(0, SIZE + 10))
@example(PART_BYTES - 1, PART_BYTES + 1)
def test_any_range_is_read(start, stop):
    attachment = Attachment(FILE, lambda part: PARTS[part])
    assert attachment.read(start, stop) == pattern(0, SIZE)[start:stop]


def test_a_range_asks_for_the_first_and_the_last_part_and_its_own():
    asked = []
    attachment = Attachment(FILE, lambda part: asked.append(part) or PARTS[part])
    attachment.read(PART_BYTES + 5, PART_BYTES + 10)
    assert asked == [0, 2, 1]
    attachment.read(PART_BYTES + 50, PART_BYTES + 100)
    assert asked == [0, 2, 1], "a part read a moment ago is asked for again"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2), st.integers(0, PART_BYTES), st.integers(1, 255))
def test_no_altered_byte_is_read_as_the_file(part, place, change):
    spoilt = bytearray(PARTS[part])
    spoilt[place % len(spoilt)] ^= change
    parts = [*PARTS[:part], bytes(spoilt), *PARTS[part + 1 :]]
    with pytest.raises(SealError):
        list(Attachment(FILE, lambda part: parts[part]).whole())


def test_a_part_of_another_attachment_is_refused():
    other, foreign, _ = sealed(SIZE)
    assert other.start != UPLOAD.start
    with pytest.raises(SealError) as refusal:
        Attachment(FILE, lambda part: PARTS[part] if part != 1 else foreign[1]).read(PART_BYTES, PART_BYTES + 1)
    assert refusal.value.code == "age-payload"


def test_sizes_are_filled_up_so_that_they_tell_little():
    told = {shape(size).padded for size in range(8193, 1_000_000, 997)}
    assert len(told) < 200
    assert all(shape(size).padded <= size * 1.12 for size in range(8193, 1_000_000, 997))


@settings(deadline=None)
@given(st.text())
def test_a_shown_name_leads_nowhere_and_hides_nothing(name):
    shown = shown_name(name)
    assert shown
    assert shown == shown.strip(" .")
    assert shown.isprintable() or set(shown) & {"\u200c", "\u200d"} or any(ord(letter) > 0x2FF for letter in shown)
    assert not SEPARATORS & set(shown)
    assert not any(ord(letter) in {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F} for letter in shown)
    assert len(shown_name(kept_name(name)).encode()) <= 255


def test_half_characters_of_a_device_are_replaced():
    assert kept_name("a\ud800.txt") == "a\ufffd.txt"
    assert shown_name("a\udcff.txt") == "a.txt"
