"""Each door describes its API, and answers as it is described whatever is sent: no fault, no surprise."""

from __future__ import annotations

import json
import re
import tomllib
import urllib.request
from collections import Counter
from collections.abc import Callable
from importlib import import_module

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import fairline
from fairline.core.openapi import description
from fairline.core.routes import gates
from support.colleague import Colleague
from support.doors import ROOT
from support.installation import DOORS, Installation

EXAMPLES = {False: 3, True: 30}
"""Of each operation, in each run and in a thorough one."""


def described(door: str) -> dict[str, object]:
    return description(f"fairline.doors.{door}.urls", door)


@pytest.mark.parametrize("door", DOORS)
def test_every_row_of_a_door_is_described_and_nothing_else(door: str) -> None:
    rows = {
        (row.method.lower(), "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", where))
        for where, gate in gates(f"fairline.doors.{door}.urls")
        for row in gate.rows.values()
    }
    paths = described(door)["paths"]
    found = {(method, path) for path, said in paths.items() for method in said if method != "parameters"}
    assert found == rows
    operations = [said[method] for said in paths.values() for method in said if method != "parameters"]
    assert all(one["summary"].endswith(".") for one in operations)
    assert len({one["operationId"] for one in operations}) == len(operations)


@pytest.mark.parametrize("door", DOORS)
def test_what_is_said_of_a_row_is_said_of_one_that_exists(door: str) -> None:
    urlconf = f"fairline.doors.{door}.urls"
    rows = {(row.method, where) for where, gate in gates(urlconf) for row in gate.rows.values()}
    assert set(getattr(import_module(urlconf), "described", {})) <= rows


def test_the_version_is_the_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == fairline.__version__


@pytest.fixture(scope="module")
def demo(demonstrations: Callable[[str], Installation]) -> Installation:
    return demonstrations("sqlite")


@pytest.mark.parametrize("door", DOORS)
def test_a_door_answers_as_it_is_described(demo: Installation, door: str, thorough: bool) -> None:  # noqa: FBT001
    origin = demo.urls[door]
    with urllib.request.urlopen(f"{origin}/openapi.json") as answer:
        document = json.loads(answer.read())
    assert document == described(door)
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
    shown = json.loads((demo.folder / "var" / "demonstration.json").read_text(encoding="utf-8"))
    if door == "office":
        headers["Cookie"] = Colleague(demo, shown["members"][0]["sign_in"]).cookie
    schema = schemathesis.openapi.from_dict(document)
    broken: list[str] = []
    statuses: Counter[int] = Counter()
    for result in schema.get_all_operations():
        operation = result.ok()
        # These end the session of the one who asks.
        if operation.path.endswith(("signout", "signout-everywhere")):
            continue

        @settings(
            max_examples=EXAMPLES[thorough], database=None, deadline=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def shoot(case: schemathesis.Case) -> None:
            if "office" in case.path_parameters:
                case.path_parameters["office"] = shown["office"]
            answered = case.call(base_url=origin, headers=headers)
            statuses[answered.status_code] += 1
            if answered.status_code >= 500:
                broken.append(f"{case.method} {case.path}: {answered.status_code}")
            for check in (status_code_conformance, content_type_conformance, response_schema_conformance):
                try:
                    case.validate_response(answered, checks=[check])
                except AssertionError as error:
                    broken.append(f"{case.method} {case.path}: {str(error)[:300]}")

        shoot()
    assert broken == []
    assert statuses.total() >= len(document["paths"])
    assert statuses[200] > 0
    assert statuses[404] > 0
    assert door == "public" or statuses[400] > 0
    assert 401 not in statuses
