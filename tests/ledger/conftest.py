"""The fixtures of the record's tests."""

import importlib

import pytest


@pytest.fixture
def record(monkeypatch):
    """An office with a record (``support.records.Record``); models can be imported only now."""
    return importlib.import_module("support.records").begin(monkeypatch)
