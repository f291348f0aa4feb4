"""Index pages and deltas: two who write at once lose nothing, and nobody gets what is not theirs."""

from __future__ import annotations

import secrets

import pytest

from cases import sealed
from cases.desk import NOW, Someone, handler, report, second_desk
from fairline.cases import services
from fairline.core import limits
from fairline.line import parcels
from fairline.seal.primitives import b64
from support.line import Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(at):
    return handler(at)


def declared(at, *members) -> bytes:
    """A report that these members have declared on."""
    sender = report(at)
    for one in members:
        services.declare(one, sender.id, "none", NOW)
    return sender.id


def own(member: Someone) -> str:
    return f"index/{b64(member.id)}"


def state_of(door, member, owner: bytes):
    answer = door.get(member, "index").json()
    return next(one for one in answer["indexes"] if one["owner"] == b64(owner))


def refusal(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]


def test_a_member_has_an_index_of_their_own_and_one_of_each_desk(door, at, member):
    owners = [one["owner"] for one in door.get(member, "index").json()["indexes"]]
    assert owners == [b64(member.id), b64(at.desk)]


def test_a_delta_comes_back_as_it_was_sent_and_once_only(door, at, member):
    thread, name = declared(at, member), b64(secrets.token_bytes(16))
    sent = sealed.deltas([thread], ids=[name])
    assert door.post(member, f"{own(member)}/deltas", sent).json() == {"v": 1, "change": 1}
    assert door.post(member, f"{own(member)}/deltas", sent).json() == {"v": 1, "change": 1}
    head, files = parcels.read(door.get(member, f"{own(member)}/deltas").content)
    assert (head["deltas"], head["change"], head["more"]) == ([{"id": name, "key": 0, "change": 1}], 1, False)
    assert files == [b"d" * 4124]
    head, files = parcels.read(door.get(member, f"{own(member)}/deltas?after=1").content)
    assert (head["deltas"], head["change"], files) == ([], 1, [])


def test_a_page_takes_its_deltas_with_it(door, at, member):
    one, other = declared(at, member), declared(at, member)
    names = [b64(secrets.token_bytes(16)) for _ in range(2)]
    door.post(member, f"{own(member)}/deltas", sealed.deltas([one], [other], ids=names))
    answer = door.put(member, f"{own(member)}/pages/0", sealed.page(0, [one], [names[0]]))
    assert answer.json() == {"v": 1, "change": 3}
    assert state_of(door, member, member.id)["pages"] == [[0, 1, 0, 70_000]]
    head, _files = parcels.read(door.get(member, f"{own(member)}/deltas").content)
    assert [row["id"] for row in head["deltas"]] == [names[1]]
    page = door.get(member, f"{own(member)}/pages/0")
    head, files = parcels.read(page.content)
    assert (head["page"], head["version"], page["ETag"], files) == (0, 1, '"1"', [b"p" * 70_000])


def test_of_two_who_fold_at_once_the_second_begins_anew_and_no_delta_is_lost(door, at):
    ilse, bao = handler(at), handler(at)
    names = [b64(secrets.token_bytes(16)) for _ in range(2)]
    threads = [declared(at, ilse, bao) for _ in names]
    desk = f"index/{b64(at.desk)}"
    door.post(ilse, f"{desk}/deltas", sealed.deltas([threads[0]], ids=[names[0]]))
    door.post(bao, f"{desk}/deltas", sealed.deltas([threads[1]], ids=[names[1]]))
    assert door.put(ilse, f"{desk}/pages/0", sealed.page(0, [threads[0]], [names[0]])).status_code == 200
    late = door.put(bao, f"{desk}/pages/0", sealed.page(0, threads, names))
    assert refusal(late) == (409, "index")
    assert late.json()["version"] == 1
    head, _files = parcels.read(door.get(bao, f"{desk}/deltas").content)
    assert [row["id"] for row in head["deltas"]] == [names[1]]
    assert door.put(bao, f"{desk}/pages/0", sealed.page(1, threads, names)).status_code == 200
    assert state_of(door, ilse, at.desk)["deltas"] == 0


def test_nobody_reaches_a_colleagues_index_or_another_desks(door, at, member):
    colleague, other = handler(at), second_desk(at)
    thread = declared(at, colleague)
    door.post(colleague, f"{own(colleague)}/deltas", sealed.deltas([thread]))
    for owner in (colleague.id, other.desk, secrets.token_bytes(16)):
        where = f"index/{b64(owner)}"
        assert refusal(door.get(member, f"{where}/deltas")) == (404, "no-index")
        assert refusal(door.get(member, f"{where}/pages/0")) == (404, "no-index")
        assert refusal(door.post(member, f"{where}/deltas", sealed.deltas([thread]))) == (404, "no-index")
        assert refusal(door.put(member, f"{where}/pages/0", sealed.page(0, [thread]))) == (404, "no-index")


def test_words_are_kept_only_of_what_the_member_has_declared_on(door, at, member):
    closed, elsewhere = report(at).id, declared(second_desk(at))
    for thread in (closed, elsewhere, secrets.token_bytes(16)):
        answer = door.post(member, f"{own(member)}/deltas", sealed.deltas([thread]))
        assert refusal(answer) == (409, "index-thread")
        assert answer.json()["gone"] == [b64(thread)]
        assert refusal(door.put(member, f"{own(member)}/pages/0", sealed.page(0, [thread]))) == (409, "index-thread")
    assert state_of(door, member, member.id)["change"] == 0


def test_a_desks_labels_are_kept_of_its_own_reports_only(door, at, member):
    desk = f"index/{b64(at.desk)}"
    assert door.post(member, f"{desk}/deltas", sealed.deltas([report(at).id])).status_code == 200
    other = report(second_desk(at)).id
    assert refusal(door.post(member, f"{desk}/deltas", sealed.deltas([other]))) == (409, "index-thread")


def test_who_steps_aside_has_nothing_of_it_in_their_index_any_more(door, at, member):
    colleague = handler(at)
    left, kept, other = (declared(at, member, colleague) for _ in range(3))
    for one in (member, colleague):
        door.put(one, f"{own(one)}/pages/0", sealed.page(0, [left, kept]))
        door.put(one, f"{own(one)}/pages/1", sealed.page(0, [other]))
        door.post(one, f"{own(one)}/deltas", sealed.deltas([left], [other]))
    services.declare(member, left, "aside", NOW)
    mine, theirs = state_of(door, member, member.id), state_of(door, colleague, colleague.id)
    assert ([row[0] for row in mine["pages"]], mine["deltas"]) == ([1], 1)
    assert ([row[0] for row in theirs["pages"]], theirs["deltas"]) == ([1, 0], 2)
    assert refusal(door.put(member, f"{own(member)}/pages/0", sealed.page(0, [left, kept]))) == (409, "index-thread")


def test_another_office_has_no_index_here(door, at):
    stranger = handler(Line().found())
    assert door.get(stranger, "index").status_code == 404


@pytest.mark.parametrize("change", [
    {"v": 2}, {"before": -1}, {"folds": ["x"]}, {"threads": [b64(bytes(16))] * 2}, {"more": 1}, {"key": "1"},
])  # fmt: skip
def test_a_page_in_another_form_is_refused(door, member, change):
    head = {"v": 1, "key": 0, "before": 0, "folds": [], "threads": []} | change
    answer = door.put(member, f"{own(member)}/pages/0", sealed.parcel(head, "page", [b"p"]))
    assert answer.status_code == 400


def test_what_is_too_large_is_refused_before_it_is_kept(door, at, member):
    thread = declared(at, member)
    large = b"p" * (limits.INDEX_PAGE_MAX + 1)
    assert refusal(door.put(member, f"{own(member)}/pages/0", sealed.page(0, [thread], sealed=large))) == (
        413, "index-size")  # fmt: skip
    large = b"d" * (limits.INDEX_DELTA_MAX + 1)
    assert refusal(door.post(member, f"{own(member)}/deltas", sealed.deltas([thread], sealed=large))) == (
        413, "index-size")  # fmt: skip
    for place in (limits.INDEX_PAGES_MAX, 10**30):
        beyond = f"{own(member)}/pages/{place}"
        assert refusal(door.put(member, beyond, sealed.page(0, [thread]))) == (409, "index-full")
        assert refusal(door.get(member, beyond)) == (404, "no-page")
