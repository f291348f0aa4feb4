from __future__ import annotations

import dataclasses
import importlib

import pytest
from django.conf import settings


@pytest.fixture
def there():
    """Another office whose door stands open."""
    module = importlib.import_module("referral.other_office")
    with module.standing(module.OtherOffice()) as office:
        yield office


@pytest.fixture
def allowed(monkeypatch, tmp_path):
    """A function that lets other offices lie on this machine, or not."""

    def allow(*, private: bool = True) -> None:
        monkeypatch.setattr(
            settings, "FAIRLINE", dataclasses.replace(settings.FAIRLINE, data=tmp_path, peers_private=private)
        )

    allow()
    return allow


@pytest.fixture
def waiting(db, there, allowed, monkeypatch):
    """A referral that waits to be handed to the other office."""
    module = importlib.import_module("referral.our_office")
    found = module.Waiting(there)
    hosts = importlib.import_module("fairline.referral.hosts")
    monkeypatch.setattr(hosts.offices, "peers", lambda _office: tuple(found.named))
    return found


@pytest.fixture
def referring(there, allowed):
    """An office of ours whose charter names the other one, with a case at work."""
    return importlib.import_module("referral.our_office").Referring.founded(there)
