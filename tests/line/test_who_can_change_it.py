"""The first page says that one person alone can change who reads, as long as the published root asks for one key."""

from __future__ import annotations

import secrets

import pytest

from fairline.core import publication
from fairline.seal.document import DocumentFile
from fairline.seal.manifest import ManifestFiles, write_manifest
from fairline.seal.primitives import b64
from fairline.seal.root import root_key, write_root
from support.doors import DoorClient
from support.line import TODAY, Line

pytestmark = pytest.mark.django_db(databases="__all__")

SAID = '<p id="alone">'
UNSAID = '<p id="alone" hidden>'


def publish(line: Line, threshold: int, keys: int) -> None:
    """Publish documents whose root asks for ``threshold`` of ``keys`` signatures."""
    made = sorted((root_key(secrets.token_bytes(32)) for _ in range(keys)), key=lambda one: b64(one.ed25519))
    root = DocumentFile(write_root(line.office, 0, None, made, threshold), (), ())
    files = ManifestFiles(roots=(root,), rooted=(), checkpoint=None, charter=DocumentFile(b"{}", (), ()), sheets={})
    publication.publish(line.office, "manifest", "application/json", write_manifest(files), TODAY)


def page(client: DoorClient, line: Line) -> str:
    answer = client.get(f"/at/{b64(line.office)}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_root_of_one_key_is_said(report_client: DoorClient) -> None:
    line = Line().found()
    publish(line, 1, 1)
    assert SAID in page(report_client, line)


def test_a_root_of_two_is_not(report_client: DoorClient) -> None:
    line = Line().found()
    publish(line, 2, 2)
    assert UNSAID in page(report_client, line)


def test_a_second_administrator_ends_it_at_once(report_client: DoorClient) -> None:
    line = Line().found()
    publish(line, 1, 1)
    assert SAID in page(report_client, line)
    publish(line, 2, 2)
    assert UNSAID in page(report_client, line)


def test_nothing_is_claimed_of_documents_that_are_not_there_or_not_documents(report_client: DoorClient) -> None:
    line = Line().found()
    assert UNSAID in page(report_client, line)
    publication.publish(line.office, "manifest", "application/json", b"{}", TODAY)
    assert UNSAID in page(report_client, line)
