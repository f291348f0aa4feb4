from __future__ import annotations

import importlib

import pytest
from django.conf import settings as current
from django.test import override_settings


@pytest.fixture
def at():
    """An office with a record and one desk; models can be imported only now."""
    return importlib.import_module("support.line").Line().found()


@pytest.fixture
def door(office_client, at):
    """The office door; who asks is said with each request."""
    with override_settings(MIDDLEWARE=[*current.MIDDLEWARE, "cases.desk.signed_in"]):
        yield importlib.import_module("cases.desk").Door(office_client, at.office)
