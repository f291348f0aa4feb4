"""Who knows F walks the chain; nobody is shown another office, an older one, or a leaver's keys."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fairline.seal.errors import RefusedError
from fairline.seal.manifest import DocumentPins, parse_manifest, pins_of, prove_manifest, write_manifest
from fairline.seal.primitives import H, b64
from fairline.seal.recipients import identity
from fairline.seal.vectors.office import TODAY, MadeUpOffice

OFFICE = MadeUpOffice("manifest tests")
FILES = OFFICE.manifest_files()


def prove(files=FILES, today=TODAY, pins=None, logged=lambda _claim: True):
    return prove_manifest(files, today, logged, pins)


def refusal(**changes):
    with pytest.raises(RefusedError) as refused:
        prove(**changes)
    return refused.value.code


def test_a_poster_stays_valid_over_three_successions():
    poster = H(OFFICE.roots()[0].doc)
    manifest = prove(parse_manifest(write_manifest(FILES)), pins=DocumentPins(F=poster))
    assert poster == manifest.F
    assert manifest.root.number == 3
    assert all(OFFICE.root_key(0) not in root.keys for root in manifest.roots[3:])
    assert manifest.sheet(OFFICE.desk).epoch == 2


def test_pins_accept_the_same_and_newer_and_refuse_the_rest():
    pins = pins_of(prove())
    assert pins_of(prove(pins=pins)) == pins
    fork = replace(pins, charter=replace(pins.charter, hash=bytes(32)))
    older = replace(pins, charter=replace(pins.charter, number=9))
    sheets = {b64(OFFICE.desk): replace(pins.sheets[b64(OFFICE.desk)], number=9)}
    assert refusal(pins=fork) == "document-fork"
    assert refusal(pins=older) == "charter-older"
    assert refusal(pins=replace(pins, sheets=sheets)) == "sheet-old"
    assert refusal(pins=replace(pins, F=bytes(32))) == "root-fork"


def test_an_old_charter_is_refused_by_the_readers_own_day():
    assert prove(today=TODAY + timedelta(days=91)).charter.number == 2
    assert refusal(today=TODAY + timedelta(days=92)) == "charter-date"


def test_an_old_sheet_with_a_leavers_epoch_is_refused_under_todays_charter():
    terms = replace(OFFICE.sheet_terms(), number=2, recipient=identity(bytes(32)).recipient)
    leaver = OFFICE.sheet(terms)
    assert refusal(files=replace(FILES, sheets={b64(OFFICE.desk): (leaver,)})) == "sheet-old"
    chained = OFFICE.sheet(replace(terms, number=4, prev=H(OFFICE.sheets()[0].doc)), OFFICE.bruno)
    assert refusal(files=replace(FILES, sheets={b64(OFFICE.desk): (OFFICE.sheets()[0], chained)})) == "sheet-signer"


def test_the_record_is_asked_for_every_succession():
    asked = []
    prove(logged=lambda claim: asked.append((claim.row.number, claim.leaf)) or True)
    assert asked == [(number, H(file.doc)) for number, file in enumerate(FILES.roots) if number]
    assert refusal(logged=lambda claim: claim.row.number != 2) == "root-unlogged"


def test_former_administrators_sign_nothing_more():
    forged = OFFICE.signed("charter", FILES.charter.doc, (0, 1))
    assert refusal(files=replace(FILES, charter=forged)) == "charter-signature"
