from __future__ import annotations

import pytest

from press import published

pytestmark = pytest.mark.django_db


def test_without_an_office_the_first_page_says_so(public_client):
    assert "No office yet" in public_client.get("/").content.decode()


def test_several_offices_are_listed_and_each_has_its_own_pages(public_client):
    published.publish_manifest(published.OFFICE)
    published.publish_manifest(published.OTHER)
    text = public_client.get("/").content.decode()
    for office in (published.OFFICE, published.OTHER):
        own = f"/at/{published.b64(office)}/"
        assert f'href="{own}"' in text
        for page in ("", "how-to-report", "check", "check/record"):
            assert public_client.get(f"{own}{page}").status_code == 200
    assert public_client.get("/check").status_code == 404


def test_an_office_that_published_nothing_is_not_found(public_client):
    published.publish_manifest(published.OFFICE)
    assert public_client.get(f"/at/{published.b64(published.OTHER)}/").status_code == 404
