"""Right 3: nothing finds a person but the search that a verified request for access begins: no label, no address."""

from __future__ import annotations

import re

from rights import surface

REQUESTS = surface.ROOT / "src" / "fairline" / "requests"
WEB = surface.ROOT / "web"
READS_A_QUERY = re.compile(r"request\.GET\.(?:get|getlist)\(\"(\w+)\"")


def test_no_address_looks_for_anybody_and_those_of_requests_take_no_word():
    looking = surface.holding(
        r"person|people|subject|name|search|find|who|request", [one.partition(" ")[2] for one in surface.addresses()]
    )
    assert {one for one in looking if "request" in one} == {
        "api/at/<id16:office>/requests", "api/at/<id16:office>/requests/<id16:key>/approval",
        "api/at/<id16:office>/requests/<id16:key>/cases", "api/at/<id16:office>/requests/<id16:key>/run",
        # What is owed, and what is late: days, and ids of requests.
        "api/at/<id16:office>/requests/owed", "api/at/<id16:office>/requests/late",
        "api/at/<id16:office>/requests/<id16:key>/end/proposal", "api/at/<id16:office>/requests/<id16:key>/end",
    } | {one for one in looking if "<id16:request_id>" in one}  # fmt: skip
    assert "request.GET" not in (REQUESTS / "views.py").read_text("utf-8")


def test_no_address_of_the_office_takes_words_in_its_query():
    """What an address may be asked with is places, days and numbers: no text that could be a name."""
    asked: set[str] = set()
    for path in (surface.ROOT / "src" / "fairline").rglob("views/*.py"):
        asked |= set(READS_A_QUERY.findall(path.read_text("utf-8")))
    assert not asked & {"q", "query", "name", "person", "words", "text", "search", "term", "who"}
    assert "thread" in asked


def test_names_are_looked_for_in_one_piece_of_the_worker_alone_and_come_out_of_a_sealed_request():
    finding = [
        path
        for path in (WEB / "workers").rglob("*.ts")
        if "names.some((name) => text.includes" in path.read_text("utf-8")
    ]
    assert [path.name for path in finding] == ["requests.ts"]
    text = finding[0].read_text("utf-8")
    assert "requireApproved(" in text
    wish = re.search(r'"search-request": Act<\{(.*?)\}, ', text, re.DOTALL)
    assert wish is not None
    assert not re.search(r"names?\b|words|text", wish[1])


def test_what_was_found_is_nowhere_but_on_the_screen():
    text = (WEB / "office" / "requests" / "view.ts").read_text("utf-8")
    assert not re.search(r"localStorage|sessionStorage|indexedDB|caches|history\.|location\.search", text)
    posts = re.findall(r"api\.post(?:Bytes)?\(`requests[^`]*`, (.*?)\);", text)
    assert posts
    assert not [one for one in posts if re.search(r"hit|found|where", one)]
