"""A closed desk takes a test report with a member's ticket; a desk with a new key gets the report sealed anew."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from factories import offices as factory
from fairline.cli import send
from fairline.cli.arguments import read_arguments
from fairline.core import clock
from fairline.line import services as line
from fairline.line.models import Post, SealedFile, Thread
from fairline.offices import models
from fairline.seal import age
from fairline.seal.bodies import read_report
from fairline.seal.envelope import read_envelope
from fairline.seal.primitives import b64
from fairline.seal.recipients import identity
from fairline.terminal.address import Address
from fairline.terminal.door import BYTES
from fairline.terminal.errors import DoorRefusedError

pytestmark = pytest.mark.django_db(transaction=True)


class ClientDoor:
    """The report door as Django's test client speaks to it; `before_drop` happens once, before a drop arrives."""

    client: Client
    before_drop: Callable[[], object] | None = None

    def __init__(self, address: Address) -> None:
        self.address = address

    def get(self, path: str) -> bytes:
        return self._read(self.client.get(path))

    def find(self, path: str) -> bytes | None:
        answer = self.client.get(path)
        return None if answer.status_code == 404 else self._read(answer)

    def post(self, path: str, body: bytes, kind: str = BYTES) -> bytes:
        if path.endswith("/drop") and ClientDoor.before_drop is not None:
            happening, ClientDoor.before_drop = ClientDoor.before_drop, None
            happening()
        return self._read(self.client.post(path, body, content_type=kind))

    def _read(self, answer: Any) -> bytes:
        if answer.status_code != 200:
            fields = answer.json()
            raise DoorRefusedError(answer.status_code, fields["error"], fields["message"])
        found: bytes = answer.content
        return found


@pytest.fixture
def maker(report_client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> factory.Maker:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(ClientDoor, "client", report_client, raising=False)
    monkeypatch.setattr(ClientDoor, "before_drop", None)
    monkeypatch.setattr("fairline.cli.asking.Door", ClientDoor)
    return factory.founded(clock.now())


def sent(kept: Path, *arguments: str) -> int:
    (kept / "text").write_text("A test, marzipan-3.", "utf-8")
    parser = argparse.ArgumentParser()
    send.describe(parser)
    given = ["http://localhost", "--no-receipt", "--file", str(kept / "text"), "--language", "en", *arguments]
    return send.run(read_arguments(parser, given))


def ticket(maker: factory.Maker) -> str:
    return b64(line.issue_test_ticket(maker.id, maker.desk, maker.first.id, clock.today(factory.ZONE)))


def read(maker: factory.Maker) -> str:
    file = SealedFile.objects.get(kind="office", thread__office=maker.id)
    content = age.unseal(file.sealed, [identity(maker.seeds[-1])])
    return read_report(read_envelope(content).body).answers["what"]


def test_a_closed_desk_is_not_offered(maker: factory.Maker, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sent(kept) == 1
    assert "No desk takes reports at present" in capsys.readouterr().err
    assert not Thread.objects.exists()


def test_with_a_ticket_it_takes_one_test(maker: factory.Maker, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave = ticket(maker)
    assert sent(kept, "--test-ticket", leave) == 0
    assert read(maker) == "A test, marzipan-3."
    assert models.DeskDrill.objects.filter(desk=maker.desk, kind=models.DeskDrill.TEST_REPORT).count() == 1
    assert "The report arrived" in capsys.readouterr().err
    assert sent(kept, "--test-ticket", leave) == 1
    assert Thread.objects.count() == 1


def test_a_new_key_is_told_with_its_reason_and_sealed_to(
    maker: factory.Maker, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leave = ticket(maker)
    ClientDoor.before_drop = lambda: factory.with_second(maker)
    assert sent(kept, "--test-ticket", leave) == 0
    assert "The reason it gives: A reason." in capsys.readouterr().err
    assert Post.objects.count() == 1
    assert Thread.objects.get().epoch == 1
    assert read(maker) == "A test, marzipan-3."
