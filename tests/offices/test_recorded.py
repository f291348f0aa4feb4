"""Whose signature counts when the record is checked: who stood in a charter that the office's root has signed."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from factories.offices import Insider, Maker, founded, founded_anew, handler, with_second
from fairline.cli import main as cli
from fairline.ledger import services as ledger
from fairline.ledger import stored
from fairline.ledger.models import Log
from fairline.ledger.services import publish_day
from fairline.ledger.verifying import verify
from fairline.offices.models import Document, Office, RosterEntry
from fairline.offices.recorded import signers
from fairline.offices.services.proposing import NewProposal
from fairline.seal.charter import read_charter, write_charter
from fairline.seal.document import DocumentFile, file_json, parse_file, sign_document
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64, public_key
from fairline.seal.root import ed25519_seed
from fairline.seal.roster import proof_json, read_entry
from fairline.seal.words import fingerprint

pytestmark = pytest.mark.django_db

HIDDEN = "A member stands in the list of charter 1 whom that charter does not name."


@pytest.fixture
def office() -> Maker:
    stored.discover()
    return founded_anew()


def key_of(person: Insider) -> set[bytes]:
    return {public_key(person.sign_seed)}


def with_ben(office: Maker) -> Insider:
    """A handler joins, and charter 1 names him."""
    ben = handler(office)
    office.invite(ben)
    office.propose(office.first, office.next_charter([office.first, ben]))
    return ben


def charter(office: Maker, number: int) -> Any:
    return Document.objects.get(office=office.id, kind=Document.CHARTER, number=number)


def test_everybody_who_ever_stood_in_a_charter_is_known_and_nobody_else(office: Maker) -> None:
    ben = with_ben(office)
    office.propose(office.first, office.next_charter([office.first]))
    known = signers(office.id)
    assert (known.keys, list(known.faults)) == ({office.first.id: key_of(office.first), ben.id: key_of(ben)}, [])
    assert list(verify(office.id)) == []


def test_who_got_new_keys_is_known_by_the_old_ones_too(office: Maker) -> None:
    ben = with_ben(office)
    anew = Insider("ben", ben.roles, id=ben.id)
    office.invite(anew)
    office.propose(office.first, office.next_charter([office.first, anew]))
    assert signers(office.id).keys[ben.id] == key_of(ben) | key_of(anew)


def test_other_keys_in_the_place_of_a_member_are_named(office: Maker) -> None:
    ben = with_ben(office)
    other = Insider("ben", ben.roles, id=ben.id)
    (signer,) = office.roster([other], 1)[1]
    RosterEntry.objects.filter(office=office.id, charter=1, member=ben.id).update(entry=signer.entry)
    known = signers(office.id)
    assert (set(known.keys), list(known.faults)) == ({office.first.id}, [HIDDEN])
    assert list(verify(office.id)) == [HIDDEN]


def test_a_charter_that_the_root_has_not_signed_proves_nobody(office: Maker) -> None:
    with_ben(office)
    new = office.next_charter([office.first, handler(office, "mallory")])
    stranger = sign_document(ed25519_seed(Insider("mallory").root_seed), "charter", new.charter)
    file = DocumentFile(new.charter, (stranger,))
    Document.objects.create(
        office_id=office.id, kind=Document.CHARTER, number=2, hash=read_charter(new.charter).hash,
        file=write(file_json(file)), day=office.today,
    )  # fmt: skip
    assert list(verify(office.id)) == [
        "The office's charter 2 does not hold: Too few administrators have signed the office's charter."
    ]


def test_an_earlier_charter_that_the_next_one_does_not_name_is_named(office: Maker) -> None:
    """The administrators of that time may have signed another: what counts is the one on which the others stand."""
    with_ben(office)
    row = charter(office, 0)
    read = read_charter(parse_file(row.file).doc)
    doc = write_charter(type(read)(**{**vars(read), "zone": "Europe/Paris"}))
    signed = DocumentFile(doc, (sign_document(ed25519_seed(office.first.root_seed), "charter", doc),))
    Document.objects.filter(pk=row.pk).update(file=write(file_json(signed)))
    (said,) = verify(office.id)
    assert said == "The office's charter 0 does not hold: An earlier charter is not the one that the next one names."


def test_a_charter_that_is_gone_is_named(office: Maker) -> None:
    with_ben(office)
    newest = charter(office, 1)
    newest.delete()
    assert next(iter(verify(office.id))) == "The charter 1 is missing, whose people are known."
    newest.save(force_insert=True)
    assert list(verify(office.id)) == []
    charter(office, 0).delete()
    assert next(iter(verify(office.id))).startswith("The office's charter 0 does not hold: ")


def test_roots_are_proven_from_the_fingerprint_over_successions(office: Maker) -> None:
    second = with_second(office)
    assert list(signers(office.id).faults) == []
    assert set(signers(office.id).keys) == {office.first.id, second.id}
    Office.objects.filter(id=office.id).update(fingerprint=bytes(32))
    assert list(signers(office.id).faults) == [
        "The office's root documents do not hold: This is not the office that the poster names."
    ]


def test_whose_keys_nothing_proves_is_said_once_and_not_of_each_act(office: Maker) -> None:
    with_second(office)
    publish_day(office.id, office.today)
    Office.objects.filter(id=office.id).update(fingerprint=bytes(32))
    assert len(list(verify(office.id))) == 1


def test_nobody_goes_back_to_a_root_key_that_was_replaced(office: Maker) -> None:
    """The one key of the beginning and the database together: a charter of its own, with people of its own."""
    ben, cleo = with_ben(office), Insider("cleo", office.first.roles)
    office.invite(cleo)
    with_cleo = office.next_charter([office.first, ben, cleo])
    office.sign(cleo, office.propose(office.first, with_cleo), with_cleo)
    publish_day(office.id, office.today)
    assert list(verify(office.id)) == []
    assert len(signers(office.id).documents) == 1
    Document.objects.filter(office=office.id, kind=Document.ROOT, number=1).delete()
    charter(office, 2).delete()
    RosterEntry.objects.filter(office=office.id, charter=2).delete()
    forged = office.next_charter([office.first, ben, cleo, handler(office, "dara")])
    forged = dataclasses.replace(forged, charter=write_charter(
        dataclasses.replace(read_charter(forged.charter), root=0)))  # fmt: skip
    store(office, forged)
    assert list(verify(office.id)) == ["Root documents stand in the record that the office does not have any more: 1."]


def store(office: Maker, new: NewProposal) -> None:
    """Put a charter and its people into the database, signed by the founder alone."""
    file = DocumentFile(new.charter, (sign_document(ed25519_seed(office.first.root_seed), "charter", new.charter),))
    number = read_charter(new.charter).number
    Document.objects.create(
        office_id=office.id, kind=Document.CHARTER, number=number, hash=read_charter(new.charter).hash,
        file=write(file_json(file)), day=office.today,
    )  # fmt: skip
    for one in new.roster:
        entry = read_entry(one.entry)
        RosterEntry.objects.create(
            office_id=office.id, charter=number, member=entry.id, entry=one.entry,
            proof=write(proof_json(one.proof)), roles=list(entry.roles), alias=entry.alias,
        )  # fmt: skip


def test_who_signs_a_charter_that_is_to_name_them_is_no_forger(office: Maker) -> None:
    """Also where it comes to nothing: then no charter ever names that key."""
    cleo, dara = Insider("cleo", office.first.roles), Insider("dara", office.first.roles)
    office.invite(cleo)
    both = office.next_charter([office.first, cleo])
    assert office.sign(cleo, office.propose(office.first, both), both)
    office.invite(dara)
    new = office.next_charter([office.first, cleo, dara])
    assert not office.sign(dara, office.propose(office.first, new), new)
    assert list(verify(office.id)) == []


def test_a_list_of_people_that_is_gone_is_named(office: Maker) -> None:
    with_ben(office)
    RosterEntry.objects.filter(office=office.id).delete()
    assert list(verify(office.id)) == [f"The list of people of charter {number} is missing." for number in (0, 1)]


def test_an_office_whose_record_is_gone_is_looked_at_too(
    office: Maker, capsys: pytest.CaptureFixture[str]
) -> None:
    Log.objects.filter(office=office.id).delete()
    assert cli.main(["verify"]) == 1
    assert f"The acts record of the office {b64(office.id)} is missing." in capsys.readouterr().out


def test_where_no_office_lies_a_poster_fits_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", f"--fingerprint={b64(bytes(32))}"]) == 1
    assert "No office lies here." in capsys.readouterr().out


def test_the_command_proves_from_the_fingerprint_of_a_poster(
    office: Maker, capsys: pytest.CaptureFixture[str]
) -> None:
    words = " ".join(fingerprint(office.row.fingerprint, "english"))
    assert cli.main(["verify"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Nothing was altered, removed or reordered in the record of 1 office(s).\n")
    assert said.endswith(f"Compare it with a poster:\n  {b64(office.id)}: {words}\n")
    assert cli.main(["verify", "--fingerprint", words]) == 0
    assert "poster" not in capsys.readouterr().out
    assert cli.main(["verify", f"--fingerprint={b64(bytes(32))}"]) == 1
    assert "is not the one of the fingerprint that you gave" in capsys.readouterr().out
    founded(name="cleo")
    assert cli.main(["verify", "--fingerprint", words]) == 2
    assert "say with --office" in capsys.readouterr().err
    assert cli.main(["verify", f"--office={b64(office.id)}", "--fingerprint", words]) == 0


def test_an_office_that_is_gone_from_beside_its_record_is_named(office: Maker) -> None:
    ledger.found(other := bytes(16), "line.example.org", "Europe/Lisbon", office.today)
    assert list(verify(other)) == [
        f"The office {b64(other)} is missing, whose record is here: nobody's keys can be proven."
    ]
