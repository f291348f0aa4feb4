"""What is published can be read, and what a path names for ever never changes."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import RequestFactory

from fairline.core import publication

OFFICE = bytes(range(16))
DAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


def test_a_published_file_is_served_as_it_was_written(database: str) -> None:
    publication.publish(OFFICE, "manifest", "application/json", b"{}", DAY)
    found = publication.published(OFFICE, "manifest")
    assert found == publication.Published("manifest", "application/json", b"{}", DAY)
    assert type(found.body) is bytes
    assert publication.offices() == [OFFICE]
    assert database in {"sqlite", "postgresql"}


def test_another_office_does_not_see_it() -> None:
    publication.publish(OFFICE, "manifest", "application/json", b"{}", DAY)
    assert publication.published(bytes(16), "manifest") is None
    assert publication.listing(bytes(16)) == []


def test_the_newest_replaces_what_is_not_for_ever() -> None:
    publication.publish(OFFICE, "arrivals/checkpoint", "text/plain", b"1", DAY)
    publication.publish(OFFICE, "arrivals/checkpoint", "text/plain", b"2", DAY)
    found = publication.published(OFFICE, "arrivals/checkpoint")
    assert found is not None
    assert found.body == b"2"


@pytest.mark.parametrize("path", ["charter/3", "record/arrivals/2026-11-23", f"forms/{'0' * 64}", f"forms/{'A' * 43}"])
def test_what_a_path_names_for_ever_is_never_rewritten(path: str) -> None:
    publication.publish(OFFICE, path, "text/plain", b"1", DAY)
    publication.publish(OFFICE, path, "text/plain", b"1", DAY)
    with pytest.raises(publication.Rewritten):
        publication.publish(OFFICE, path, "text/plain", b"2", DAY)
    found = publication.published(OFFICE, path)
    assert found is not None
    assert found.body == b"1"
    answer = publication.response(RequestFactory().get("/"), found)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_listing_has_the_paths_below_a_prefix_in_order() -> None:
    for path in ("record/arrivals/2026-11-24", "record/arrivals/2026-11-23", "charter/0"):
        publication.publish(OFFICE, path, "text/plain", path.encode(), DAY)
    assert [path for path, _day in publication.listing(OFFICE, "record/")] == [
        "record/arrivals/2026-11-23",
        "record/arrivals/2026-11-24",
    ]


@pytest.mark.parametrize("path", ["", "/charter", "charter/", "a/../b", "a//b", ".hidden", "a b"])
def test_a_path_that_is_none_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="no path"):
        publication.publish(OFFICE, path, "text/plain", b"", DAY)


def test_a_browser_that_has_it_is_told_so() -> None:
    publication.publish(OFFICE, "manifest", "application/json", b"{}", DAY)
    file = publication.published(OFFICE, "manifest")
    assert file is not None
    first = publication.response(RequestFactory().get("/"), file)
    again = publication.response(RequestFactory().get("/", headers={"If-None-Match": first["ETag"]}), file)
    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Cache-Control"] == "public, no-cache"
