"""Handlers and leads of the desk, and nobody else: whatever other role somebody has, they see nothing."""

from __future__ import annotations

import pytest

from cases.desk import NOW, Someone, handler, report, second_desk
from fairline.cases import queries, services
from fairline.line import parcels
from fairline.profiles.queries import default_form
from fairline.seal.primitives import H, b64
from support.line import Line, parcel, post_files, post_head

pytestmark = pytest.mark.django_db

OTHERS = ("administrator", "auditor", "oversight", "custodian", "officer@")


def addresses(thread: str) -> list[tuple[str, str, dict[str, object]]]:
    return [
        ("GET", "arrivals", {}),
        ("GET", f"threads/{thread}", {}),
        ("GET", f"threads/{thread}/blobs/{b64(bytes(16))}/parts/0", {}),
        ("POST", f"threads/{thread}/declaration", {"kind": "none"}),
        ("POST", f"threads/{thread}/read", {"marks": {"r": 0}}),
        ("POST", f"threads/{thread}/posts", {}),
    ]


def asked(door, member, method, path, body):
    return door.get(member, path) if method == "GET" else door.post(member, path, body)


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_sees_anything(door, at, role):
    sender = report(at)
    member = Someone(at.office, (role + b64(at.desk) if role.endswith("@") else role,))
    for method, path, body in addresses(b64(sender.id)):
        assert asked(door, member, method, path, body).status_code == 403
    assert queries.arrivals(member).rows == []


def test_nobody_without_a_session_sees_anything(door, at):
    sender = report(at)
    for method, path, body in addresses(b64(sender.id)):
        assert asked(door, None, method, path, body).status_code == 401


@pytest.mark.parametrize("role", ["handler", "lead"])
def test_handler_and_lead_of_the_desk_see_what_arrived(door, at, role):
    sender, member = report(at), handler(at, role)
    rows = door.get(member, "arrivals").json()["threads"]
    assert [(row["thread"], row["desk"], row["unread"], row["declared"]) for row in rows] == [
        (b64(sender.id), b64(at.desk), 1, False)
    ]


def test_another_desks_reports_do_not_exist(door, at):
    other = second_desk(at)
    sender, member = report(other), handler(at)
    assert door.get(member, "arrivals").json()["threads"] == []
    assert door.get(member, f"arrivals?desk={b64(other.desk)}").json()["threads"] == []
    for method, path, body in addresses(b64(sender.id))[1:5]:
        assert asked(door, member, method, path, body).status_code == 404


def test_another_office_does_not_exist(door, at):
    elsewhere = Line().found()
    report(at)
    stranger = handler(elsewhere)
    assert door.get(stranger, "arrivals").status_code == 404


def test_a_desk_named_by_a_role_of_another_office_gives_nothing(at):
    report(at)
    stranger = Someone(Line().found().office, (f"handler@{b64(at.desk)}",))
    assert queries.arrivals(stranger).rows == []


def test_a_role_that_names_no_desk_is_passed_over(at):
    report(at)
    assert queries.arrivals(Someone(at.office, ("handler@", "lead@?", "handler"))).rows == []


def test_the_parcel_holds_office_copies_only_and_their_hashes(door, at):
    sender, member = report(at), handler(at)
    services.declare(member, sender.id, "none", NOW)
    answer = door.get(member, f"threads/{b64(sender.id)}")
    head, files = parcels.read(answer.content)
    assert files == [sender.files[0][1]]
    assert head["posts"][0]["hashes"] == [b64(H(body)) for _kind, body in sender.files]
    assert head["posts"][0]["promise"]["kind"] == "promise"
    assert head["audience"] == {"epoch": 0}
    assert sender.files[1][1] not in answer.content


def test_undeclared_gets_409_and_no_byte_of_a_file(door, at):
    sender = report(at)
    answer = door.get(handler(at), f"threads/{b64(sender.id)}")
    assert (answer.status_code, answer.json()["error"]) == (409, "declare")
    assert sender.files[0][1][:64] not in answer.content


def test_a_whole_conversation_through_the_door(door, at):
    sender, member = report(at), handler(at)
    where = f"threads/{b64(sender.id)}"
    assert door.post(member, f"{where}/declaration", {"kind": "none"}).status_code == 200
    assert door.post(member, f"{where}/read", {"marks": {"r": 0}}).status_code == 200
    sent = parcel(post_head(sender, "o", 0, {"r": 0}), post_files("o"))
    promise = door.post(member, f"{where}/posts", sent).json()["promise"]
    assert promise["kind"] == "promise"
    head, files = parcels.read(door.get(member, where).content)
    assert [(post["chain"], post["n"]) for post in head["posts"]] == [("o", 0), ("r", 0)]
    assert len(files) == 2
    assert [row["what"] for row in head["doings"]].count("wrote") == 1


def test_a_post_for_another_thread_than_the_address_is_refused(door, at):
    sender, other, member = report(at), report(at), handler(at)
    for one in (sender, other):
        services.declare(member, one.id, "none", NOW)
    sent = parcel(post_head(other, "i", 0, {"r": 0}), post_files("i"))
    answer = door.post(member, f"threads/{b64(sender.id)}/posts", sent)
    assert (answer.status_code, answer.json()["error"]) == (400, "thread")


@pytest.mark.parametrize("body", [b"", b"\x00" * 3, b"not a parcel at all", b"\xff" * 64])
def test_a_broken_parcel_is_refused_with_a_sentence(door, at, body):
    sender, member = report(at), handler(at)
    answer = door.post(member, f"threads/{b64(sender.id)}/posts", body)
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()
    assert answer.json()["message"]


@pytest.mark.parametrize("body", [{}, {"kind": "none", "more": 1}, {"kind": ["none"]}])
def test_a_declaration_with_other_fields_is_refused(door, at, body):
    sender, member = report(at), handler(at)
    assert door.post(member, f"threads/{b64(sender.id)}/declaration", body).status_code == 400


def test_a_form_is_given_by_its_hash(door, at):
    member = handler(at)
    answer = door.get(member, f"forms/{b64(H(default_form()))}")
    assert answer.content == default_form()
    assert door.get(member, f"forms/{b64(bytes(32))}").status_code == 404
    assert door.get(member, "forms/nonsense").status_code == 400
