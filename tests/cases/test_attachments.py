"""A part of an attachment goes to whom its thread is for, and to nobody else."""

from __future__ import annotations

import secrets

import pytest

from cases.desk import NOW, handler, second_desk
from fairline.cases import services
from fairline.cases.models import Doing
from fairline.line import services as line
from fairline.line.models import Thread, Unnamed
from fairline.seal.primitives import b64
from support.line import TODAY, Attached, Line, Sender, new_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(at):
    return Attached(at).hold()


@pytest.fixture
def sender(at, file):
    one = Sender(at, attached=(file,))
    line.drop(at.office, one.drop(), TODAY)
    return one


def address(sender, file, part=0):
    return f"threads/{b64(sender.id)}/blobs/{b64(file.id)}/parts/{part}"


def test_every_part_comes_in_one_piece_with_its_length(door, at, sender, file):
    member = handler(at)
    services.declare(member, sender.id, "none", NOW)
    for number, part in enumerate(file.parts):
        answer = door.get(member, address(sender, file, number))
        assert (answer.status_code, answer.content) == (200, part)
        assert answer["Content-Length"] == str(len(part))
        assert not answer.streaming
    assert door.get(member, address(sender, file, 3)).json()["error"] == "no-blob"


def test_nothing_comes_before_the_declaration(door, at, sender, file):
    assert door.get(handler(at), address(sender, file)).json()["error"] == "declare"


def test_who_stepped_aside_gets_nothing(door, at, sender, file):
    member = handler(at)
    services.declare(member, sender.id, "aside", NOW)
    assert door.get(member, address(sender, file)).status_code == 404


def test_another_desk_and_another_office_get_nothing(door, at, sender, file):
    for stranger in (handler(second_desk(at)), handler(Line().found())):
        assert door.get(stranger, address(sender, file)).status_code == 404


def test_a_file_of_another_thread_is_not_found_under_this_one(door, at, sender, file):
    other, member = Sender(at, attached=(Attached(at).hold(),)), handler(at)
    line.drop(at.office, other.drop(), TODAY)
    for one in (sender, other):
        services.declare(member, one.id, "none", NOW)
    assert door.get(member, address(other, file)).json()["error"] == "no-blob"
    unnamed = Attached(at).hold()
    assert door.get(member, address(sender, unnamed)).json()["error"] == "no-blob"


def test_a_file_of_another_office_is_not_found(door, at, sender):
    elsewhere = Line().found()
    foreign = Attached(elsewhere).hold()
    owner = Sender(elsewhere, attached=(foreign,))
    line.drop(elsewhere.office, owner.drop(), TODAY)
    member = handler(at)
    services.declare(member, sender.id, "none", NOW)
    assert door.get(member, address(sender, foreign)).status_code == 404
    assert door.get(member, address(owner, foreign)).status_code == 404
    assert Thread.objects.count() == 2


def test_colleagues_read_what_a_note_has_attached(door, at, sender):
    member, noted = handler(at), Attached(at).hold()
    line.post(at.office, new_post(sender, "i", 0, {}, blobs=[b64(noted.id)]), TODAY)
    services.declare(member, sender.id, "none", NOW)
    assert door.get(member, address(sender, noted, 1)).content == noted.parts[1]


def test_an_id_that_is_nobodys_is_not_found(door, at, sender, file):
    member = handler(at)
    services.declare(member, sender.id, "none", NOW)
    file.id = secrets.token_bytes(16)
    assert door.get(member, address(sender, file)).json()["error"] == "no-blob"


def test_what_somebody_has_read_takes_up_no_room_of_its_desk(at, sender, file):
    member = handler(at)
    assert Unnamed.objects.get(id=at.desk).bytes > 0
    services.declare(member, sender.id, "none", NOW)
    assert Unnamed.objects.get(id=at.desk).bytes > 0
    services.mark_read(member, sender.id, "r", 0, NOW)
    assert Unnamed.objects.get(id=at.desk).bytes == 0


def test_what_the_office_attaches_waits_for_nobody(at, sender):
    services.declare(member := handler(at), sender.id, "none", NOW)
    services.mark_read(member, sender.id, "r", 0, NOW)
    own = Attached(at).hold()
    assert Unnamed.objects.get(id=at.desk).bytes > 0
    line.post(at.office, new_post(sender, "o", 0, {"r": 0}, blobs=[b64(own.id)]), TODAY)
    assert Unnamed.objects.get(id=at.desk).bytes == 0


def test_whoever_fetches_a_part_stands_in_the_doings_once_a_day(door, at, sender, file):
    member, colleague = handler(at), handler(at)
    for one in (member, colleague):
        services.declare(one, sender.id, "none", NOW)
    for number in (1, 0, 1):
        assert door.get(member, address(sender, file, number)).status_code == 200
    door.get(colleague, address(sender, file))
    door.get(colleague, address(sender, file, 9))
    opened = Doing.objects.filter(thread=sender.id, what="opened").values_list("member", "blob")
    assert sorted(map(tuple, opened)) == sorted([(member.id, file.id), (colleague.id, file.id)])


def test_what_could_not_be_had_was_not_opened(door, at, sender, file):
    member = handler(at)
    door.get(member, address(sender, file))
    services.declare(member, sender.id, "none", NOW)
    door.get(member, address(sender, file, 9))
    assert not Doing.objects.filter(what="opened").exists()
