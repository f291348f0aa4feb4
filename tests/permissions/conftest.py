"""A founded office in the database of each test: made once, then put back from its rows."""

from __future__ import annotations

import pytest
from django.apps import apps

from fairline.core import clock
from fairline.core.databases import alias_of
from fairline.demo.founding import found
from support.founded import Founded
from support.snapshots import ALIASES, count_on


@pytest.fixture(scope="session")
def kept() -> Founded:
    """What the first test of the run made."""
    return Founded()


@pytest.fixture
def founded(db: None, kept: Founded) -> Founded:
    """The office, in the database of this test."""
    if not kept.rows:
        office = found(clock.now())
        kept.office, kept.desk, kept.member = office.id, office.desks[0].id, office.members[0].id
        kept.rows = {model: list(model._default_manager.values()) for model in apps.get_models()}
        return kept
    for model, rows in kept.rows.items():
        model._default_manager.bulk_create([model(**values) for values in rows])
    for alias in ALIASES:
        models = [model for model in apps.get_models() if alias_of(model._meta.app_label) == alias]
        count_on(alias, {model._meta.db_table for model in models})
    return kept
