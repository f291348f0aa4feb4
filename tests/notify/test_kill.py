"""A process killed while it sends loses nothing: the message goes out afterwards, under the same number."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support.mail_server import SENDER, MailServer

FOUND = """
import django
django.setup(set_prefix=False)
from factories.offices import NOW, founded
from fairline.notify import services
made = founded()
services.leave_address(made.id, made.first.id, "anna@post.example", "en", NOW)
"""
NUMBER = re.compile(rb"^Message-ID: <(.*)>\r$", re.MULTILINE)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def line(request, make_installation):
    with MailServer() as server:
        installation = make_installation(
            request.param, start=False, FAIRLINE_MAIL_HOST="localhost", FAIRLINE_MAIL_PORT=str(server.port),
            FAIRLINE_MAIL_TLS="none", FAIRLINE_MAIL_FROM=SENDER,
        )  # fmt: skip
        installation.command("prepare")
        subprocess.run(
            [sys.executable, "-c", FOUND], check=True, cwd=Path(__file__).resolve().parents[1],
            env={**installation.environment, "DJANGO_SETTINGS_MODULE": "fairline.cli.settings"},
        )  # fmt: skip
        yield installation, server


def sending(installation):
    """`fairline deliver` as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "fairline.cli.main", "deliver"], env=installation.environment, stdout=subprocess.DEVNULL
    )


def test_at_least_once_whenever_the_process_is_killed(line):
    installation, server = line
    installation.set_clock("2026-05-05T06:30:00+00:00")

    # Killed before the server has said that it took the message; the server keeps it all the same.
    server.let_go.clear()
    process = sending(installation)
    assert server.came.wait(60)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    server.let_go.set()

    # Nobody else takes it while it might still be in hand.
    assert "next 2026-05-05T06:40:00" in installation.command("deliver").stdout
    before = len(server.taken)
    installation.set_clock("2026-05-05T06:40:00+00:00")
    installation.command("deliver")
    assert len(server.taken) == before + 1
    installation.set_clock("2026-05-05T07:00:00+00:00")
    installation.command("deliver")
    assert len(server.taken) == before + 1, "what was noted as taken is not sent again"
    assert len({NUMBER.search(message.content)[1] for message in server.taken}) == 1


def test_two_who_send_at_once_send_each_message_once(line):
    installation, server = line
    installation.set_clock("2026-05-06T06:30:00+00:00")
    server.taken.clear()
    server.came.clear()
    server.let_go.clear()
    processes = [sending(installation) for _ in range(2)]
    assert server.came.wait(60)
    # The one that has nothing in hand ends by itself.
    while all(process.poll() is None for process in processes):
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    server.let_go.set()
    assert [process.wait(60) for process in processes] == [0, 0]
    assert len(server.taken) == 1
