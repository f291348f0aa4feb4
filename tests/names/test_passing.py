"""Shares of names go on: from a custodian who leaves to a successor, and to who makes a lost one again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from cases.casework import NOW, TODAY
from factories.offices import Insider
from fairline.cases.models import CaseKeys
from fairline.core import erasure
from fairline.core.fields import random_group
from fairline.line.models import Post, SealedFile
from fairline.names import passing, queries, shares
from fairline.names.erasure import shred_gatherings, shred_passed, shred_refusals
from fairline.names.models import Gathering, GatheringRefusal, PassedShare
from fairline.names.passing import OneShare, PassingOn
from fairline.seal.primitives import H
from names.keeping import Named, acts_of, refusal

pytestmark = pytest.mark.django_db
LAST = TODAY + timedelta(days=30)


@dataclass
class Shares:
    """The office of names, with a third custodian who came later."""

    named: Named
    heir: Insider

    @property
    def id(self) -> bytes:
        return self.named.case.id

    def one(self, index: int = 0, thread: bytes | None = None, message: int = 0, size: int = 300) -> OneShare:
        return OneShare(thread or self.id, message, index, secrets.token_bytes(size))

    def passes(
        self, giver: Insider, to: Insider, *given: OneShare, gathering: bytes | None = None, today: date = TODAY,
        count: int | None = None, digest: bytes | None = None,
    ) -> None:  # fmt: skip
        files = given or (self.one(),)
        after = digest or H(b"".join(H(one.sealed) for one in files))
        maker = self.named.office.maker
        act = self.named.case.saying(
            giver, maker.act(giver, "pass shares", to.id, after=after), shares=len(files) if count is None else count
        )
        passing.pass_on(self.named.facts(giver), PassingOn(to.id, gathering, files, act), today, NOW)

    def gathers(self, member: Insider, successor: Insider, today: date = TODAY) -> Gathering:
        act = self.named.office.maker.act(member, "gather shares", successor.id)
        passing.gather(self.named.facts(member), successor.id, act, today, NOW)
        return Gathering.objects.get(member=member.id, begun=today, over=None)

    def ends(self, member: Insider, row: Gathering, today: date = TODAY) -> None:
        act = self.named.office.maker.act(member, "end gathering", bytes(row.successor))
        passing.end(self.named.facts(member), row.id, act, today, NOW)

    def declines(self, member: Insider, row: Gathering, today: date = TODAY) -> None:
        act = self.named.office.maker.act(member, "decline gathering", bytes(row.member))
        passing.decline(self.named.facts(member), row.id, act, today, NOW)

    def seen(self, member: Insider, today: date = TODAY) -> list[shares.NameShares]:
        return list(shares.page(self.named.facts(member), None, today).names)


@pytest.fixture
def held(named) -> Shares:
    office, heir = named.office, Insider("Esi", ("custodian",))
    office.maker.invite(heir)
    office.maker.propose(office.maker.first, office.maker.next_charter([*office.people, *named.keepers, heir]))
    # A new charter closes the desk until two have unlocked it, which is not looked at here.
    office.maker.desk_row.__class__.objects.filter(id=office.maker.desk).update(open=True)
    return Shares(named, heir)


def test_a_share_that_was_passed_on_is_served_to_its_keeper_beside_those_that_were_dealt(held):
    mira, wen = held.named.keepers
    given = held.one(1)
    held.passes(mira, held.heir, given)
    held.named.asks()
    dealt = [bytes(one.sealed) for one in SealedFile.objects.filter(thread=held.id, kind="share").order_by("place")]
    [theirs] = queries.of_office(held.named.facts(held.heir), TODAY)
    assert (list(theirs.shares), list(theirs.kept)) == (dealt, [given.sealed])
    [giver] = queries.of_office(held.named.facts(mira), TODAY)
    assert (giver.shares, giver.kept) == ((), ())
    [others] = queries.of_office(held.named.facts(wen), TODAY)
    assert list(others.shares) == dealt
    assert acts_of(held.named)[-2:] == ["pass shares", "request name"]


def test_a_page_tells_custodians_what_lies_there_and_gives_each_their_own(held):
    mira, wen = held.named.keepers
    other = held.named.office.report()
    held.passes(mira, held.heir)
    found = {one.post.thread: one for one in held.seen(held.heir)}
    assert found.keys() == {held.id, other.id}
    assert [(row.index, bytes(row.member), bytes(row.giver)) for row in found[held.id].passed] == [
        (0, held.heir.id, mira.id)
    ]
    assert len(found[held.id].own) == 1
    assert found[other.id].passed == []
    assert [one.own for one in held.seen(wen)] == [[], []]
    assert all(one.post.shares for one in held.seen(wen))


def test_pages_go_on_where_the_one_before_ended(held, monkeypatch):
    for _ in range(4):
        held.named.office.report()
    monkeypatch.setattr(shares, "PAGE", 2)
    # A report whose later messages gave names, too, goes over the end of a page.
    for n in (3, 5, 6):
        for row in list(SealedFile.objects.filter(thread=held.id, kind__in=("identity", "share"), n=0)):
            row.pk, row.n = random_group(), n
            row.save(force_insert=True)
        post = Post.objects.get(thread=held.id, chain="r", n=0)
        Post(thread_id=held.id, chain="r", n=n, content=post.content, received=post.received, day=TODAY).save()
    member, after, found = held.named.facts(held.heir), None, []
    while True:
        page = shares.page(member, after, TODAY)
        found += [(one.post.thread, one.post.message, len(one.post.shares)) for one in page.names]
        after = page.next
        if after is None:
            break
    dealt = SealedFile.objects.filter(thread=held.id, kind="share", n=0).count()
    assert found == sorted(found)
    assert [one for one in found if one[0] == held.id] == [(held.id, n, dealt) for n in (0, 3, 5, 6)]
    assert len(found) == 8


def test_nobody_gets_two_shares_of_one_name_and_the_same_one_is_kept_once(held):
    mira, wen = held.named.keepers
    held.passes(mira, held.heir, held.one(0))
    held.passes(mira, held.heir, held.one(0))
    assert PassedShare.objects.count() == 1
    assert refusal(lambda: held.passes(wen, held.heir, held.one(1))) == "keeps-one"
    assert PassedShare.objects.count() == 1


def test_of_two_who_do_it_in_the_same_moment_one_is_refused(held, monkeypatch):
    mira, wen = held.named.keepers
    records = passing.acts.record

    def behind_a_colleague(do) -> None:
        def first(*args, **named):
            monkeypatch.setattr(passing.acts, "record", records)
            do()
            return records(*args, **named)

        monkeypatch.setattr(passing.acts, "record", first)

    office = held.named.office.maker.id
    row = {"office": office, "thread": held.id, "message": 0, "member": held.heir.id, "giver": wen.id, "day": TODAY}
    behind_a_colleague(lambda: PassedShare.objects.create(index=1, sealed=b"theirs", **row))
    assert refusal(lambda: held.passes(mira, held.heir, held.one(0))) == "keeps-one"
    gathering = {"office": office, "member": wen.id, "successor": held.heir.id, "begun": TODAY}
    behind_a_colleague(lambda: Gathering.objects.create(**gathering))
    assert refusal(lambda: held.gathers(mira, held.heir)) == "gathering"


def test_only_a_custodian_in_force_receives_and_nobody_from_themselves(held):
    mira, _wen = held.named.keepers
    assert refusal(lambda: held.passes(mira, held.named.asker)) == "no-custodian"
    assert refusal(lambda: held.passes(mira, mira)) == "same-person"
    assert refusal(lambda: held.gathers(mira, held.named.asker)) == "no-custodian"
    assert refusal(lambda: held.gathers(mira, mira)) == "same-person"
    assert not PassedShare.objects.exists()


def test_what_was_signed_is_what_came_and_there_is_a_name(held):
    mira, _wen = held.named.keepers
    assert refusal(lambda: held.passes(mira, held.heir, count=2)) == "act"
    assert refusal(lambda: held.passes(mira, held.heir, digest=bytes(32))) == "act"
    assert refusal(lambda: held.passes(mira, held.heir, held.one(message=1))) == "no-name"
    assert refusal(lambda: held.passes(mira, held.heir, held.one(thread=secrets.token_bytes(16)))) == "no-name"
    assert refusal(lambda: held.passes(mira, held.heir, held.one(size=9000))) == "share-size"
    assert not PassedShare.objects.exists()


def test_what_is_gathered_goes_to_who_asked_and_ends_with_it(held):
    mira, wen = held.named.keepers
    row = held.gathers(mira, held.heir)
    assert refusal(lambda: held.gathers(wen, held.heir)) == "gathering"
    assert refusal(lambda: held.passes(wen, held.heir, gathering=row.id)) == "act"
    assert refusal(lambda: held.passes(mira, mira, gathering=row.id)) == "same-person"
    assert refusal(lambda: held.passes(wen, mira, gathering=secrets.token_bytes(16))) == "no-gathering"
    asked = {one.id: len(shares.asked_of(held.named.facts(one), TODAY)) for one in (mira, wen, held.heir)}
    assert asked == {mira.id: 0, wen.id: 1, held.heir.id: 0}
    held.passes(wen, mira, held.one(1), gathering=row.id)
    assert shares.asked_of(held.named.facts(wen), TODAY) == []
    [seen] = held.seen(mira)
    assert [(one.index, bool(one.gathering)) for one in seen.own] == [(1, True)]
    [standing] = shares.gatherings(held.named.office.maker.id, TODAY)
    assert standing.givers == [(wen.id, 1)]
    # It is no share to answer with: what was gathered is not among what their browser answers requests with.
    held.named.asks()
    [asked] = queries.of_office(held.named.facts(mira), TODAY)
    assert len(asked.shares) == SealedFile.objects.filter(thread=held.id, kind="share").count()
    held.passes(mira, held.heir, held.one(0))
    assert refusal(lambda: held.ends(wen, row)) == "no-gathering"
    held.ends(mira, row)
    assert [bytes(one.member) for one in PassedShare.objects.all()] == [held.heir.id]
    assert refusal(lambda: held.ends(mira, row)) == "over"
    assert refusal(lambda: held.passes(wen, mira, gathering=row.id)) == "over"
    assert held.gathers(wen, held.heir).id != row.id


def test_a_gathering_is_over_after_thirty_days_and_the_night_deletes_what_came(held):
    mira, wen = held.named.keepers
    row = held.gathers(mira, held.heir)
    held.passes(wen, mira, gathering=row.id, today=LAST)
    late = LAST + timedelta(days=1)
    assert refusal(lambda: held.passes(wen, mira, held.one(1), gathering=row.id, today=late)) == "over"
    assert [one.own for one in held.seen(mira, late)] == [[]]
    assert shred_gatherings(NOW + timedelta(days=30)) == 0
    assert shred_gatherings(NOW + timedelta(days=31)) == 1
    assert not PassedShare.objects.exists()
    assert Gathering.objects.exclude(over=None).count() == 1


def test_of_a_case_that_the_receiver_works_on_nothing_is_kept(held):
    lead = held.named.office.people[0]
    CaseKeys.objects.filter(thread=held.id, member=lead.id).update(member=held.heir.id)
    other = held.named.office.report()
    held.passes(held.named.keepers[0], held.heir, held.one(), held.one(thread=other.id))
    assert [bytes(row.thread) for row in PassedShare.objects.all()] == [other.id]


def test_a_gathering_is_over_when_one_of_its_two_is_no_custodian_any_more(held):
    mira, wen = held.named.keepers
    row = held.gathers(mira, held.heir)
    held.passes(wen, mira, gathering=row.id)
    office = held.named.office
    office.maker.propose(office.maker.first, office.maker.next_charter([*office.people, wen, held.heir]))
    assert [one.over for one in shares.gatherings(office.maker.id, TODAY)] == [True]
    assert refusal(lambda: held.passes(wen, mira, held.one(1), gathering=row.id)) == "over"
    assert held.gathers(wen, held.heir).id != row.id
    assert shred_gatherings(NOW) == 1
    assert not PassedShare.objects.exists()


def test_with_the_case_or_the_name_go_the_shares_that_were_passed_on(held):
    mira, _wen = held.named.keepers
    other = held.named.office.report()
    held.passes(mira, held.heir, held.one(), held.one(thread=other.id))
    assert shred_passed(NOW) == 0
    erasure.forget_case(held.named.office.maker.id, held.id)
    assert [bytes(row.thread) for row in PassedShare.objects.all()] == [other.id]
    SealedFile.objects.filter(thread=other.id, kind="identity").update(sealed=b"")
    assert shred_passed(NOW) == 1


def test_who_hands_nothing_over_is_waited_for_no_longer_and_can_change_their_mind(held):
    mira, wen = held.named.keepers
    row = held.gathers(mira, held.heir)
    assert [one.row.id for one in shares.asked_of(held.named.facts(wen), TODAY)] == [row.id]
    held.declines(wen, row)
    assert shares.asked_of(held.named.facts(wen), TODAY) == []
    [standing] = shares.gatherings(held.named.facts(mira).office, TODAY)
    assert (list(standing.givers), list(standing.refusals)) == ([], [(wen.id, TODAY)])
    assert acts_of(held.named)[-2:] == ["gather shares", "decline gathering"]
    assert refusal(lambda: held.declines(wen, row)) == "answered"
    held.passes(wen, mira, held.one(1), gathering=row.id)
    [standing] = shares.gatherings(held.named.facts(mira).office, TODAY)
    assert (list(standing.givers), list(standing.refusals)) == ([(wen.id, 1)], [])
    assert refusal(lambda: held.declines(wen, row)) == "answered"


def test_only_who_is_asked_can_hand_nothing_over_and_it_goes_with_the_gathering(held):
    mira, wen = held.named.keepers
    row = held.gathers(mira, held.heir)
    assert refusal(lambda: held.declines(mira, row)) == "same-person"
    assert refusal(lambda: held.declines(held.heir, row)) == "same-person"
    held.declines(wen, row)
    assert shred_refusals(NOW) == 0
    held.ends(mira, row)
    assert not GatheringRefusal.objects.exists()
    assert refusal(lambda: held.declines(wen, row)) == "over"
    late = held.gathers(mira, held.heir, LAST)
    held.declines(wen, late, LAST)
    Gathering.objects.filter(id=late.id).update(over=LAST)
    assert shred_refusals(NOW) == 1


def test_who_could_give_nothing_after_all_still_hands_nothing_over(held):
    mira, wen = held.named.keepers
    row = held.gathers(mira, held.heir)
    held.declines(wen, row)
    # Of a case that the receiver works on nothing is kept.
    CaseKeys.objects.filter(thread=held.id, member=held.named.office.people[0].id).update(member=mira.id)
    before = GatheringRefusal.objects.count()
    held.passes(wen, mira, held.one(1), gathering=row.id)
    assert PassedShare.objects.count() == 0
    assert GatheringRefusal.objects.count() == before
