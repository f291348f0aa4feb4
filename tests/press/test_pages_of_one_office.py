from __future__ import annotations

import pytest

from press import published

pytestmark = pytest.mark.django_db


def test_home_says_who_the_office_is_and_how_to_report(public_client):
    published.publish_manifest()
    published.publish_account()
    page = public_client.get("/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Northport Reporting Office" in text
    assert "Harbour desk" in text
    assert "Takes reports" in text
    assert f"/at/{published.b64(published.OFFICE)}/#k={published.b64(published.fingerprint())}" in text


def test_emergency_words_come_before_the_invitation_to_report(public_client):
    published.publish_manifest()
    published.publish_account(emergency={"en": "Call 112 at once."})
    text = public_client.get("/").content.decode()
    assert text.index("Call 112 at once.") < text.index("Go to the reporting page")
    assert "Nobody watches the reporting line around the clock." in text


def test_one_administrator_alone_is_said_on_the_first_page(public_client):
    published.publish_manifest(keys=1)
    assert "One person alone can change who reads reports here" in public_client.get("/").content.decode()


def test_two_administrators_need_no_warning(public_client):
    published.publish_manifest(keys=2)
    assert "One person alone" not in public_client.get("/").content.decode()


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-05-01T12:00:00+00:00", "ends in 60 days"),
        ("2026-06-29T12:00:00+00:00", "ends in 1 day."),
        ("2026-07-05T12:00:00+00:00", "has ended"),
        ("2026-04-30T12:00:00+00:00", None),
    ],
)
def test_the_end_of_the_charter_is_counted_down_from_sixty_days(public_client, settings, now, said):
    published.publish_manifest()
    settings.FAIRLINE.test_clock.write_text(now, encoding="ascii")
    try:
        text = public_client.get("/").content.decode()
    finally:
        settings.FAIRLINE.test_clock.unlink()
    assert ("The signed list of this office" in text) is (said is not None)
    assert said is None or said in text


def test_ways_that_the_office_published_are_shown_and_others_are_not(public_client):
    published.publish_manifest()
    published.publish_account()
    text = public_client.get("/how-to-report").content.decode()
    assert "+351 555 0100" in text
    assert "Box 12, Northport" in text
    assert "In person" not in text


def test_what_a_law_has_people_told_stands_with_its_article_in_the_readers_language(public_client):
    published.publish_manifest()
    rows = [
        {"law": "harbour-act", "names": {"en": "Harbour Act"}, "source": "Harbour Act Art 4",
         "text": {"en": "You may also write to the harbour court.", "ar": "يمكنك أيضًا أن تكتب إلى محكمة الميناء."}},
        {"law": "generic", "names": {"en": "None"}, "source": "", "text": {"en": "We answer in writing."}},
    ]  # fmt: skip
    published.publish_account(notices=rows)
    text = public_client.get("/how-to-report").content.decode()
    assert 'You may also write to the harbour court. <span class="muted small">(Harbour Act Art 4)' in text
    assert "(the office's own commitment)" in text
    assert "محكمة الميناء" in public_client.get("/ar/how-to-report").content.decode()


def test_limits_are_said_where_ways_are(public_client):
    published.publish_manifest()
    text = public_client.get("/how-to-report").content.decode()
    assert "What nobody can promise you" in text
    assert "may have to hand over" in text


def test_the_office_without_documents_says_not_to_report_yet(public_client):
    published.publish_account()
    assert "No signed documents yet" in public_client.get("/check").content.decode()


def test_the_reader_chooses_the_language_by_the_address(public_client):
    published.publish_manifest()
    page = public_client.get("/ar/")
    text = page.content.decode()
    assert 'lang="ar" dir="rtl"' in text
    assert "مكتب بلاغات الميناء الشمالي" in text
    assert 'href="/zh-hans/"' in text


def test_pages_may_be_cached_and_set_no_cookie(public_client):
    published.publish_manifest()
    for address in ("/", "/how-to-report", "/check", "/check/record"):
        page = public_client.get(address)
        assert page["Cache-Control"].startswith("public")
        assert not page.cookies
        assert "Accept-Language" in page["Vary"]
        assert "Cookie" not in page["Vary"]


def test_documents_that_cannot_be_read_are_shown_as_none(public_client):
    published.publication.publish(published.OFFICE, "manifest", "application/json", b"{broken", published.DAY)
    assert "No signed documents yet" in public_client.get("/check").content.decode()
