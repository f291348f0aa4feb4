from __future__ import annotations

import re

import pytest
from django.urls import reverse
from mnemonic import Mnemonic

from fairline.press import fingerprint
from press import published

pytestmark = pytest.mark.django_db


def words_shown(page) -> list[str]:
    block = re.search(r'<ol class="words".*?</ol>', page.content.decode(), re.DOTALL)
    assert block is not None
    return re.findall(r"<li>(.*?)</li>", block[0])


def test_eight_words_are_the_first_88_bits_of_the_fingerprint(public_client):
    published.publish_manifest()
    words = words_shown(public_client.get("/en/check"))
    bits = "".join(f"{Mnemonic('english').wordlist.index(word):011b}" for word in words)
    assert len(words) == 8
    assert int(bits, 2) == int.from_bytes(published.fingerprint()[:11], "big")


def test_chinese_readers_compare_chinese_words_and_arabic_readers_english_ones(public_client):
    published.publish_manifest()
    assert set(words_shown(public_client.get("/zh-hans/check"))) <= set(Mnemonic("chinese_simplified").wordlist)
    assert words_shown(public_client.get("/ar/check")) == words_shown(public_client.get("/en/check"))


def test_a_fingerprint_of_another_length_has_no_words():
    with pytest.raises(ValueError, match="32 bytes"):
        fingerprint.words(b"short", "en")


def test_the_record_is_shown_with_its_newest_day_and_its_files(public_client):
    published.publish_manifest()
    batch = published.publish_day(published.OFFICE)
    assert "256" in public_client.get("/en/check").content.decode()
    listed = public_client.get("/en/check/record").content.decode()
    path = f"arrivals/{published.DAY.isoformat()}"
    assert path in listed
    served = public_client.get(f"/record/{published.b64(published.OFFICE)}/{path}")
    assert served.content == batch
    assert "immutable" in served["Cache-Control"]


def test_a_checkpoint_is_asked_for_again_and_answers_that_nothing_changed(public_client):
    published.publish_day(published.OFFICE)
    address = f"/record/{published.b64(published.OFFICE)}/acts/checkpoint"
    first = public_client.get(address)
    assert "no-cache" in first["Cache-Control"]
    assert public_client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_another_offices_file_is_not_found(public_client):
    published.publish_day(published.OFFICE)
    assert public_client.get(f"/record/{published.b64(published.OTHER)}/arrivals/checkpoint").status_code == 404


def test_the_qr_code_holds_no_word_that_a_screen_reader_would_spell(public_client):
    published.publish_manifest()
    text = public_client.get("/check").content.decode()
    assert re.search(r'<div class="qr" role="img" aria-label="[^"]+"><svg', text)
    assert reverse("check", urlconf="fairline.press.urls") == "/check"
