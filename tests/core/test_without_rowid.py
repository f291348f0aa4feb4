"""Tables that must not tell an order of arrival have none, also after their columns changed."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connections, models

from fairline.core.databases import alias_of
from fairline.core.fields import NumberKeyField, random_group
from fairline.core.published.models import PublicFile
from fairline.core.without_rowid import declared, numbered, scattered_tables
from fairline.line.models import SealedFile


@pytest.mark.django_db
def test_every_declared_table_is_without_rowid(database: str) -> None:
    assert PublicFile in declared()
    if database == "postgresql":
        return
    for alias in ("default", "public"):
        assert numbered(alias) == []
    with connections["public"].cursor() as cursor, pytest.raises(Exception, match="rowid"):
        cursor.execute(f"SELECT rowid FROM {PublicFile._meta.db_table}")


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_stays_so(database: str) -> None:
    old = PublicFile._meta.get_field("content_type")
    new = models.CharField(max_length=120)
    new.set_attributes_from_name("content_type")
    new.model = PublicFile
    with connections["public"].schema_editor() as editor:
        editor.alter_field(PublicFile, old, new, strict=True)
    with connections["public"].schema_editor() as editor:
        editor.alter_field(PublicFile, new, old, strict=True)
    if database == "sqlite":
        assert numbered("public") == []


@pytest.mark.django_db
def test_no_table_stands_in_the_other_database() -> None:
    for alias in ("default", "public"):
        tables = set(connections[alias].introspection.table_names())
        wrong = [
            model._meta.label
            for model in declared()
            if (model._meta.db_table in tables) != (alias_of(model._meta.app_label) == alias)
        ]
        assert wrong == []


@pytest.mark.django_db
def test_a_long_rows_number_is_its_random_key(database: str) -> None:
    tables = {model._meta.db_table for model in apps.get_models() if isinstance(model._meta.pk, NumberKeyField)}
    assert scattered_tables() == tables
    assert SealedFile._meta.db_table in tables
    first, second = random_group(), random_group()
    assert first != second
    assert max(first, second) + 255 < 1 << 63
    if database == "sqlite":
        with connections["default"].cursor() as cursor:
            for table in sorted(tables):
                cursor.execute(f"SELECT lower(type) FROM pragma_table_info('{table}') WHERE pk = 1")
                assert cursor.fetchall() == [("integer",)]


@pytest.mark.django_db(transaction=True)
def test_a_key_that_is_not_the_rows_own_number_is_found(database: str) -> None:
    if database == "postgresql":
        return
    table = SealedFile._meta.db_table
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
        (made,) = cursor.fetchone()
        cursor.execute(f'ALTER TABLE "{table}" RENAME TO kept')
        cursor.execute(made.replace('"id" integer', '"id" bigint').replace("line_sealedfile_once", "another"))
        try:
            assert numbered("default") == [table]
        finally:
            cursor.execute(f'DROP TABLE "{table}"')
            cursor.execute(f'ALTER TABLE kept RENAME TO "{table}"')
    assert numbered("default") == []
