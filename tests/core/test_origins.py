"""What changes something must come from the door's own pages."""

from __future__ import annotations

import pytest

from support.doors import DoorClient, door_overrides

CASES = {
    "our own form under no-referrer": ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, True, True),
    "our own script": ({"Origin": "own", "Sec-Fetch-Site": "same-origin"}, True, True),
    "our own script in an old browser": ({"Origin": "own"}, True, True),
    "another site's page": ({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, False, False),
    "another site's page in an old browser": ({"Origin": "https://evil.example"}, False, False),
    "a site that lies": ({"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"}, False, False),
    "another port of this host": ({"Origin": "http://localhost:9", "Sec-Fetch-Site": "same-site"}, False, False),
    "a sandboxed frame": ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, False, False),
    "a sandboxed frame in an old browser": ({"Origin": "null"}, False, False),
    "the address bar": ({"Sec-Fetch-Site": "none"}, False, False),
    "no browser at all": ({}, True, False),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("door", ["report", "office", "public"])
def test_where_a_post_comes_from_decides(case: str, door: str, request: pytest.FixtureRequest) -> None:
    client: DoorClient = request.getfixturevalue(f"{door}_client")
    headers, on_anonymous_door, on_office_door = CASES[case]
    origin = door_overrides(door)["DOOR"].origin
    client.defaults = {"HTTP_HOST": origin.partition("://")[2], "HTTP_ACCEPT": "application/json"}
    sent = {name: origin if value == "own" else value for name, value in headers.items()}
    answer = client.post("/standing", headers=sent)
    let_in = on_office_door if door == "office" else on_anonymous_door
    # Let in, the gate says that this address takes no POST.
    assert answer.status_code == (405 if let_in else 403)
    if not let_in:
        assert answer.json()["error"] == "other-origin"


def test_reading_is_free(report_client: DoorClient) -> None:
    answer = report_client.get("/standing", headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer
    assert not answer.cookies
