"""Every message has the same number of bytes and the same words, whoever gets it and whatever came."""

from __future__ import annotations

import email
import json
import secrets
from datetime import UTC, datetime, timedelta
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairline.core.notice_settings import is_address
from fairline.notify import texts

LANGUAGES = ("en", "zh-hans", "ar")
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789.-_+")
ADDRESSES = st.builds(
    lambda name, host: f"{name}@{host}.example", st.text(LETTERS, min_size=1, max_size=64),
    st.from_regex(r"[a-z][a-z0-9]{0,30}(\.[a-z0-9]{1,30}){0,2}", fullmatch=True),
)  # fmt: skip
LONGEST = f"https://{'o' * 60}.{'p' * 60}.{'q' * 60}.example.org:65535"


@settings(max_examples=50)
@given(
    to=ADDRESSES, sender=ADDRESSES, language=st.sampled_from(LANGUAGES),
    door=st.sampled_from(["http://localhost:8002", LONGEST]),
    days=st.integers(0, 30_000), key=st.binary(min_size=16, max_size=16),
)  # fmt: skip
def test_an_e_mail_has_the_same_size_for_everybody_on_every_day(**chosen):
    days = chosen.pop("days")
    assert is_address(chosen["to"])
    raw = texts.mail(**chosen, due=datetime(2020, 1, 1, 8, tzinfo=UTC) + timedelta(days=days))
    assert len(raw) == texts.MAIL_SIZE
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_program_shows_one_link_to_the_door_and_the_words_in_the_members_language(language):
    raw = texts.mail(
        key=bytes(16), sender="line@quay.example.org", to="tamsin@post.example", language=language,
        door="https://quay.example.org", due=datetime(2026, 5, 5, 6, tzinfo=UTC),
    )  # fmt: skip
    message = email.message_from_bytes(raw, policy=default)
    assert message["To"] == "tamsin@post.example"
    assert message["Message-ID"] == f"<{'00' * 16}@quay.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_content()
    assert text.count("https://") == 1
    assert "https://quay.example.org/" in text
    assert ("Please look at your desk" in text) == (language == "en")
    assert ("Please look at your desk" in message["Subject"]) == (language == "en")


def test_two_messages_differ_only_in_their_day_and_number():
    def words(day: int, key: bytes) -> list[bytes]:
        due = datetime(2026, 5, day, 6, tzinfo=UTC)
        lines = texts.mail(
            key=key, sender="a@b.example", to="c@d.example", language="en", door="https://o.example", due=due
        ).split(b"\r\n")
        return [line for line in lines if not line.startswith((b"Date:", b"Message-ID:"))]

    assert words(5, secrets.token_bytes(16)) == words(6, secrets.token_bytes(16))


def test_a_webhooks_body_has_the_same_size_and_names_no_more_than_office_and_day():
    bodies = []
    for day, door in ((1, "https://o.example"), (9, "https://a-longer-name.of-an-office.example.org:8443")):
        when = (datetime(2026, 5, 1, tzinfo=UTC) + timedelta(days=day)).date().isoformat()
        bodies.append(texts.webhook(key=secrets.token_bytes(16), office=secrets.token_bytes(16), door=door, day=when))
    assert {len(body) for body in bodies} == {texts.WEBHOOK_SIZE}
    said = [json.loads(body) for body in bodies]
    assert {frozenset(one) for one in said} == {frozenset({"v", "kind", "id", "office", "day", "address", "filler"})}


def test_what_would_be_longer_than_all_others_is_not_sent():
    with pytest.raises(ValueError, match="longer"):
        texts.webhook(key=bytes(16), office=bytes(16), door="https://" + "o" * 2000, day="2026-05-05")
    with pytest.raises(ValueError, match="longer"):
        texts.mail(
            key=bytes(16), sender="a@b.example", to="c@d.example", language="en", door="https://" + "o" * 5000,
            due=datetime(2026, 5, 5, tzinfo=UTC),
        )  # fmt: skip
