"""Right 3: reports are linked by event, by a person, in sealed notes; nothing lists links, and none names anybody."""

from __future__ import annotations

import json

import pytest

from fairline.seal.errors import MalformedError
from fairline.seal.notes import read_note
from fairline.seal.primitives import b64
from rights import surface

ROOM = surface.ROOT / "web" / "office" / "related"
OTHER = b64(bytes(range(16)))
LINKS = r"relat|same.?event|linked|cluster|similar|alike"


def test_no_address_lists_links_and_no_column_holds_one():
    assert not surface.holding(LINKS, surface.addresses())
    assert not surface.holding(LINKS, surface.columns())


@pytest.mark.parametrize(
    "more",
    [
        {"person": "Noor"},
        {"name": "Noor"},
        {"text": "Noor"},
        {"step": "same-person"},
        {"step": "parted", "why": "Noor"},
    ],
)
def test_a_link_names_a_report_and_nobody(more):
    good = {"thread": OTHER, "step": "linked"}
    note = {"text": "", "language": "en"}
    assert read_note(json.dumps(note | {"related": good}).encode()).related is not None
    with pytest.raises(MalformedError):
        read_note(json.dumps(note | {"related": good | more}).encode())


def test_nothing_can_be_typed_and_no_text_is_compared_where_reports_are_linked():
    text = "".join(path.read_text("utf-8") for path in ROOM.glob("*.ts") if not path.name.endswith(".test.ts"))
    assert "askRelated" in text
    assert not surface.holding(r"\bfield\(|textarea|\"input\"|likeness|includes\(.*text|answers", text.splitlines())
