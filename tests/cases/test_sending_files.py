"""Files that members send: in parts, for a report that they may write in, named by the answer that they come with."""

from __future__ import annotations

import pytest

from cases.desk import NOW, handler, report, second_desk
from fairline.cases import services
from fairline.core.problems import Problem
from fairline.line import blobs, queries
from fairline.line import services as line
from fairline.line.models import Blob, BlobPart
from fairline.seal.primitives import H, b64
from support.line import TODAY, Attached, new_post, parcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(at):
    return report(at)


@pytest.fixture
def member(at, sender):
    one = handler(at)
    services.declare(one, sender.id, "none", NOW)
    return one


def at_thread(sender, what):
    return f"threads/{b64(sender.id)}/blobs/{what}"


def send(door, member, sender, file, number, **changes):
    return door.post(member, at_thread(sender, "part"), file.parcel(number, **changes))


def answer_naming(sender, *files, n=0, chain="o"):
    return new_post(sender, chain, n, {"r": 0}, blobs=[b64(file.id) for file in files])


def test_parts_are_kept_and_an_answer_names_them(door, at, sender, member):
    file = Attached(at)
    assert [send(door, member, sender, file, n).json()["held"] for n in (2, 0)] == [1, 2]
    state = door.post(member, at_thread(sender, "state"), file.asked()).json()
    assert state["hashes"] == [b64(H(file.parts[0])), "", b64(H(file.parts[2]))]
    assert send(door, member, sender, file, 1).json()["held"] == 3
    services.post(member, answer_naming(sender, file), TODAY, NOW)
    row = Blob.objects.get(id=file.id)
    assert (bytes(row.thread), row.chain, bytes(row.hash)) == (sender.id, "o", file.hash)
    for number, sealed in enumerate(file.parts):
        address = f"threads/{b64(sender.id)}/blobs/{b64(file.id)}/parts/{number}"
        assert door.get(member, address).content == sealed


def test_the_reporting_person_gets_what_an_answer_names_and_nothing_of_a_note(at, sender, member):
    told, kept = Attached(at).hold(), Attached(at).hold()
    services.post(member, answer_naming(sender, told), TODAY, NOW)
    services.post(member, new_post(sender, "i", 0, {}, blobs=[b64(kept.id)]), TODAY, NOW)
    thread = queries.mailbox_thread_id(at.office, sender.id, sender.auth, TODAY)
    assert thread == sender.id
    assert blobs.part(at.office, thread, told.id, 0, notes=False) == told.parts[0]
    with pytest.raises(Problem) as refused:
        blobs.part(at.office, thread, kept.id, 0, notes=False)
    assert refused.value.code == "no-blob"


def test_no_arithmetic_is_asked_of_who_has_signed_in(door, at, sender, member):
    bare = {name: value for name, value in Attached(at).head(0).items() if name != "work"}
    file = Attached(at)
    bare |= {"blob": b64(file.id), "auth": b64(file.auth), "files": []}
    assert door.post(member, at_thread(sender, "part"), parcel(bare, [("part", file.parts[0])])).status_code == 200


def test_a_swapped_part_a_wrong_secret_and_another_desk_are_refused(door, at, sender, member):
    file, other = Attached(at), second_desk(at)
    assert send(door, member, sender, file, 0).status_code == 200
    swapped = parcel(file.head(0), [("part", file.parts[1])])
    assert door.post(member, at_thread(sender, "part"), swapped).json()["error"] == "taken"
    assert send(door, member, sender, file, 1, auth=b64(bytes(32))).json()["error"] == "blob-auth"
    assert send(door, member, sender, Attached(other), 0).json()["error"] == "blob"
    assert send(door, member, sender, file, 1, parts=9).json()["error"] == "taken"
    assert BlobPart.objects.filter(blob=file.id, held=True).count() == 1


def test_what_is_not_whole_or_belongs_to_another_report_is_not_named(door, at, sender, member):
    other, begun = report(at), Attached(at).hold(0)
    theirs = Attached(at).hold()
    line.post(at.office, new_post(other, "i", 0, {}, blobs=[b64(theirs.id)]), TODAY)
    foreign = Attached(second_desk(at)).hold()
    for file in (begun, theirs, foreign):
        with pytest.raises(Problem) as refused:
            services.post(member, answer_naming(sender, file), TODAY, NOW)
        assert refused.value.code == "blob"
    # Under its own report it is read, under this one not.
    address = f"threads/{b64(sender.id)}/blobs/{b64(theirs.id)}/parts/0"
    assert door.get(member, address).json()["error"] == "no-blob"


def test_who_may_not_write_sends_nothing_and_learns_nothing(door, at, sender, member):
    file = Attached(at)
    undeclared, elsewhere, aside = handler(at), handler(second_desk(at)), handler(at)
    services.declare(aside, sender.id, "aside", NOW)
    assert send(door, undeclared, sender, file, 0).json()["error"] == "declare"
    for stranger in (elsewhere, aside):
        assert send(door, stranger, sender, file, 0).status_code == 404
        for what in ("state", "removal"):
            assert door.post(stranger, at_thread(sender, what), file.asked()).status_code == 404
    assert not Blob.objects.exists()


def test_it_is_taken_back_until_something_names_it(door, at, sender, member):
    file, named = Attached(at).hold(), Attached(at).hold()
    services.post(member, answer_naming(sender, named), TODAY, NOW)
    assert door.post(member, at_thread(sender, "removal"), file.asked()).status_code == 200
    assert door.post(member, at_thread(sender, "state"), file.asked()).json()["error"] == "no-blob"
    assert door.post(member, at_thread(sender, "removal"), named.asked()).json()["error"] == "blob-named"


@pytest.mark.parametrize("body", [b"", b"\0\0\0\x02{}", b"{}", b"\xff" * 300])
def test_rubbish_is_a_400(door, sender, member, body):
    for what in ("part", "state", "removal"):
        assert door.post(member, at_thread(sender, what), body).status_code == 400
