"""An officer signs in the organisation's name: who may, what the record says of it, and that nobody else can."""

from __future__ import annotations

import dataclasses

import pytest

from cases.casework import NOW, TODAY
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row, parse_what
from fairline.ledger.models import Row
from fairline.line import handing
from fairline.oversight.overview import overview
from fairline.referral import services
from fairline.referral.models import Referral
from fairline.seal.charter import Peer
from fairline.seal.primitives import b64

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(referring):
    """The case's handler, who signs for the organisation by the charter in force."""
    referring.member.roles = (*referring.member.roles, f"officer@{b64(referring.office.maker.id)}")
    referring.name(Peer(referring.F, referring.there.host))
    return referring.member


def own(referring, sealed=None, said: str = "own name"):
    """A report as the officer's browser sends it."""
    new = referring.new(sealed)
    return dataclasses.replace(new, act=referring.case.saying(referring.member, new.act, **{"as": said}))


def refusal(act) -> tuple[int, str]:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.status, refused.value.code


def refers(referring, new) -> None:
    services.refer(referring.office.facts(referring.member), referring.case.id, new, TODAY, NOW)


def acted() -> dict[str, object]:
    """What the newest referral's act says."""
    rows = [parse_what(parse_row(bytes(row.row)).what) for row in Row.objects.filter(kind="act").order_by("number")]
    return next(one.fields for one in reversed(rows) if one.act == "refer")


def test_the_record_says_that_it_was_signed_in_the_organisations_name_and_by_whom(referring, officer):
    refers(referring, own(referring))
    said = acted()
    assert (said["as"], said["member"], said["peer"]) == ("own name", b64(officer.id), b64(referring.F))
    assert Referral.objects.get().state == "waiting"
    shown = overview(referring.office.maker.id, TODAY, NOW)
    assert [one.member for one in shown.acts["other"] if one.act == "refer own name"] == [officer.id]


def test_an_officers_referral_in_their_own_words_is_no_report_of_the_organisation(referring, officer):
    referring.refer()
    assert "as" not in acted()


@pytest.mark.parametrize("roles", [(), ("officer@AAAAAAAAAAAAAAAAAAAAAA",)])
def test_nobody_but_the_officer_of_this_very_organisation_signs_for_it(referring, roles):
    notes = handing.heads(referring.case.row)["i"]
    referring.member.roles = (*referring.member.roles, *roles)
    referring.name(Peer(referring.F, referring.there.host))
    assert refusal(lambda: refers(referring, own(referring))) == (403, "officer")
    assert not Referral.objects.exists()
    assert handing.heads(referring.case.row)["i"] == notes


def test_an_act_says_nothing_else_of_whose_name_it_is(referring, officer):
    assert refusal(lambda: refers(referring, own(referring, said="the mayor"))) == (403, "officer")
    assert not Referral.objects.exists()


def test_who_signs_no_longer_for_the_organisation_seals_its_report_no_more(referring, officer):
    refers(referring, own(referring))
    row = Referral.objects.get()
    before = row.content
    officer.roles = tuple(role for role in officer.roles if not role.startswith("officer@"))
    referring.name(Peer(referring.F, referring.there.host))
    anew = referring.sealed(row.id, epoch=4)
    act = referring.case.saying(officer, referring.act(anew, referring.F), **{"as": "own name"})
    member = referring.office.facts(officer)
    found = refusal(lambda: services.seal_anew(member, referring.case.id, row.id, anew, act=act, now=NOW))
    assert found == (403, "officer")
    row.refresh_from_db()
    assert (row.epoch, row.content) == (3, before)
