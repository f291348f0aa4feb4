"""Charters and roots: the threshold's signatures, in order, and posters that stay valid over successions."""

from __future__ import annotations

import dataclasses
import threading
from datetime import timedelta

import pytest
from django.db import connections

from factories.offices import NOW, Insider, founded, handler
from fairline.core import publication
from fairline.core.problems import Problem
from fairline.ledger.errors import CounterTakenError
from fairline.ledger.services import publish_day
from fairline.offices import models
from fairline.offices.queries import roles_in_force
from fairline.offices.services import documents, manifests, proposing, sessions
from fairline.seal.charter import Desk, Peer, read_charter
from fairline.seal.document import DocumentFile, parse_file, write_file
from fairline.seal.errors import RefusedError
from fairline.seal.manifest import DocumentPins, parse_manifest, prove_manifest
from fairline.seal.primitives import b64
from fairline.seal.sheet import read_sheet, write_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return founded()


def administrator(maker, name):
    return Insider(name, tuple(sorted(("administrator", f"handler@{b64(maker.desk)}"))))


def published(maker):
    """The manifest as a reporting person proves it who knows only the poster's fingerprint."""
    file = publication.published(maker.id, "manifest")
    assert file is not None
    pins = DocumentPins(F=maker.row.fingerprint)
    return prove_manifest(parse_manifest(file.body), maker.today, manifests.logged, pins)


def test_one_administrator_signs_alone(maker):
    second = handler(maker)
    maker.invite(second)
    maker.propose(maker.first, maker.next_charter([maker.first, second]))
    assert published(maker).charter.number == 1


def test_the_second_administrator_makes_the_threshold_two(maker):
    second = administrator(maker, "ben")
    maker.invite(second)
    new = maker.next_charter([maker.first, second])
    proposal = maker.propose(maker.first, new)
    assert roles_in_force(maker.id, second.id) == ()
    assert maker.sign(second, proposal, new)
    manifest = published(maker)
    assert (manifest.root.number, manifest.root.threshold, len(manifest.root.keys)) == (1, 2, 2)
    assert set(roles_in_force(maker.id, second.id)) == set(second.roles)


def test_from_then_on_nobody_signs_alone(maker):
    second = administrator(maker, "ben")
    maker.invite(second)
    new = maker.next_charter([maker.first, second])
    maker.sign(second, maker.propose(maker.first, new), new)
    renewed = maker.next_charter([maker.first, second])
    proposal = maker.propose(second, renewed)
    assert published(maker).charter.number == 1
    # The same key twice is still one signature.
    assert not maker.sign(second, proposal, renewed)
    assert maker.sign(maker.first, proposal, renewed)
    assert published(maker).charter.number == 2


def test_all_sign_on_the_day_of_the_proposal(maker):
    """The new charter counts from then: what members wrote in between under the old one would be believed by nobody."""
    second = administrator(maker, "ben")
    maker.invite(second)
    new = maker.next_charter([maker.first, second])
    proposal = maker.propose(maker.first, new)
    maker.now += timedelta(days=1)
    with pytest.raises(Problem) as refused:
        maker.sign(second, proposal, new)
    assert (refused.value.status, refused.value.code) == (409, "proposal-day")
    assert published(maker).charter.number == 0
    proposing.withdraw(maker.row, proposal)
    anew = maker.next_charter([maker.first, second])
    assert maker.sign(second, maker.propose(maker.first, anew), anew)
    assert published(maker).charter.number == 1


def test_three_successions_keep_the_poster_valid(maker):
    fingerprint = maker.row.fingerprint
    people = [maker.first]
    for name in ("ben", "cleo", "dara"):
        newcomer = administrator(maker, name)
        maker.invite(newcomer)
        # From the third on the oldest administrator leaves as the newest comes.
        after = [*people, newcomer] if len(people) < 2 else [people[-1], newcomer]
        new = maker.next_charter(after)
        signers = list({one.id: one for one in [*people, newcomer]}.values())
        proposal = maker.propose(signers[-2], new)
        for one in signers:
            if models.Proposal.objects.get(id=proposal).state == "open":
                maker.sign(one, proposal, new)
        people = after
    manifest = published(maker)
    assert fingerprint == manifest.F
    assert [root.number for root in manifest.roots] == [0, 1, 2, 3]
    assert {key.ed25519 for key in manifest.root.keys} == {one.root.ed25519 for one in people}


def test_after_the_night_the_record_proves_the_root(maker):
    second = administrator(maker, "ben")
    maker.invite(second)
    new = maker.next_charter([maker.first, second])
    maker.sign(second, maker.propose(maker.first, new), new)
    publish_day(maker.id, maker.today)
    documents.publish(maker.row, NOW)
    file = publication.published(maker.id, "manifest")
    assert file is not None
    assert parse_manifest(file.body).rooted[0].promise is None
    assert published(maker).root.number == 1


def test_a_leaver_loses_session_and_roles(maker):
    second = handler(maker)
    maker.invite(second)
    maker.propose(maker.first, maker.next_charter([maker.first, second]))
    token = sessions.opened(second.id, NOW)
    maker.propose(maker.first, maker.next_charter([maker.first]))
    assert sessions.found(token, NOW) is None
    assert roles_in_force(maker.id, second.id) == ()
    assert models.Member.objects.get(id=second.id).left is not None


def test_who_holds_no_root_key_signs_nothing(maker):
    second = handler(maker)
    maker.invite(second)
    maker.propose(maker.first, maker.next_charter([maker.first, second]))
    with pytest.raises(Problem) as refused:
        maker.propose(second, maker.next_charter([maker.first, second]))
    assert refused.value.code == "root-key"


def test_a_charter_naming_keys_that_never_joined_is_refused(maker):
    with pytest.raises(Problem) as refused:
        maker.propose(maker.first, maker.next_charter([maker.first, handler(maker, "mallory")]))
    assert refused.value.code == "roster"


def test_a_charter_in_which_somebody_stands_unseen_is_refused(maker):
    second = administrator(maker, "ben")
    maker.invite(second)
    new = maker.next_charter([maker.first, second])
    with pytest.raises(RefusedError) as refused:
        maker.propose(maker.first, dataclasses.replace(new, roster=new.roster[:1]))
    assert refused.value.code == "roster-hidden"
    assert not models.Proposal.objects.exists()


def test_a_custodian_may_not_handle_reports(maker):
    second = handler(maker, "ben", "custodian")
    maker.invite(second)
    with pytest.raises(RefusedError) as refused:
        maker.propose(maker.first, maker.next_charter([maker.first, second]))
    assert refused.value.code == "custodian-handles"


def test_a_charter_that_skips_a_number_is_refused(maker):
    with pytest.raises(Problem) as refused:
        maker.propose(maker.first, maker.next_charter([maker.first], number=2))
    assert refused.value.code == "proposal"


def test_only_one_proposal_waits_at_a_time(maker):
    second = administrator(maker, "ben")
    maker.invite(second)
    proposal = maker.propose(maker.first, maker.next_charter([maker.first, second]))
    with pytest.raises(Problem) as refused:
        maker.propose(maker.first, maker.next_charter([maker.first]))
    assert refused.value.code == "proposal"
    proposing.withdraw(maker.row, proposal)
    maker.propose(maker.first, maker.next_charter([maker.first]))
    assert published(maker).charter.number == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_propose_at_once_the_second_is_told(maker):
    second = administrator(maker, "ben")
    maker.invite(second)
    new = maker.next_charter([maker.first, second])
    begun, told = threading.Barrier(2), []
    acts = [maker.charter_act(maker.first, new) for _ in range(2)]

    def propose(act):
        begun.wait()
        try:
            proposing.propose(maker.row, maker.first.row(), new, maker.signatures(maker.first, new), act=act, now=NOW)
        except Problem as refused:
            told.append(refused.code)
        connections.close_all()

    threads = [threading.Thread(target=propose, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert told == ["proposal"]
    assert models.Proposal.objects.filter(state="open").count() == 1


def test_a_charter_that_supersedes_a_proposal_leaves_no_desk_that_it_had_prepared(maker, monkeypatch):
    second = administrator(maker, "ben")
    maker.invite(second)
    waits = maker.propose(maker.first, maker.next_charter([maker.first, second]))
    sheet = parse_file(models.Document.objects.get(desk=maker.desk, number=0).file)
    other = write_sheet(dataclasses.replace(read_sheet(sheet.doc), desk=b"another desk 016"))
    desk = models.Desk.objects.get(id=maker.desk)
    models.Desk.objects.create(
        id=b"another desk 016", office=maker.row, gone=True, names={}, sheet=0, open=False, epoch=0,
        recipient=desk.recipient, form=desk.form, profile=desk.profile,
    )  # fmt: skip
    # Two stood open where an earlier version had let both in at once.
    file = write_file(DocumentFile(other, sheet.signatures, sheet.by))
    models.Proposal.objects.update(sheet=file, state="withdrawn")
    keep = documents.put_in_force

    def beside(*asked):
        models.Proposal.objects.filter(id=waits).update(state="open")
        return keep(*asked)

    monkeypatch.setattr(documents, "put_in_force", beside)
    maker.propose(maker.first, maker.next_charter([maker.first]))
    assert models.Proposal.objects.get(id=waits).state == "withdrawn"
    assert not models.Desk.objects.filter(id=b"another desk 016").exists()


def test_an_act_that_says_something_else_signs_nothing(maker):
    new = maker.next_charter([maker.first])
    act = maker.act(maker.first, "sign charter", maker.id, before=None, after=bytes(32))
    with pytest.raises(Problem) as refused:
        proposing.propose(maker.row, maker.first.row(), new, maker.signatures(maker.first, new), act=act, now=NOW)
    assert refused.value.code == "act"


def test_an_act_is_recorded_once(maker):
    act = maker.charter_act(maker.first, maker.next_charter([maker.first]))
    maker.propose(maker.first, maker.next_charter([maker.first]))
    new = maker.next_charter([maker.first])
    stale = dataclasses.replace(act)
    with pytest.raises((Problem, CounterTakenError)):
        proposing.propose(maker.row, maker.first.row(), new, maker.signatures(maker.first, new), act=stale, now=NOW)


def two_desks(maker, *, independent):
    """Our desk and one that stands for another office's, which is or is not independent of it."""
    ours = read_charter(maker.stored().charter.doc).desks[0]
    other = Desk(
        b"another desk 016", {"en": "Other"}, (maker.desk,) if independent else (), outside=Peer(bytes(32), "a.example")
    )
    return other, {"desks": (ours, other)}


def test_desks_that_share_a_person_are_not_called_independent(maker):
    other, apart = two_desks(maker, independent=True)
    both = handler(maker, "ben", f"handler@{b64(other.id)}")
    maker.invite(both)
    with pytest.raises(RefusedError) as refused:
        maker.propose(maker.first, maker.next_charter([maker.first, both], **apart))
    assert refused.value.code == "desk-shared"
    assert published(maker).charter.number == 0
    # Without the claim the same people may work at both; with it, other people.
    _other, together = two_desks(maker, independent=False)
    maker.propose(maker.first, maker.next_charter([maker.first, both], **together))
    one = dataclasses.replace(both, roles=(f"handler@{b64(other.id)}",))
    maker.propose(maker.first, maker.next_charter([maker.first, one], **apart))
    assert published(maker).charter.number == 2
