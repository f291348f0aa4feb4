"""Canary: what people write leaves no trace on the server. Reports, answers, notes, names and files full of unique
marks are sent by browser and from a terminal, to both databases and both stores; then all that the server has is
searched for them."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.workbench import Demonstration, open_report
from factories.reporter import Reporter
from fairline.seal.attachment import Attachment
from fairline.seal.primitives import b64
from fairline.terminal.showing import attachments
from hostile.marks import Marks, dumped, files_below, in_file, in_files
from support.colleague import Colleague
from support.installation import DOORS, Installation
from support.noise import Line
from support.object_store import ObjectStore
from support.postgres import Cluster
from support.report_page import PHONE, Person, Stand

Contexts = Callable[..., BrowserContext]


@dataclass
class Searched:
    """A running installation after everything was said, and what was said."""

    kind: str
    installation: Installation
    temporary: Path
    marks: Marks = field(default_factory=Marks)
    carried: Marks = field(default_factory=Marks)
    """Marks in what a browser says about itself, which no log may keep."""
    ciphertext: list[bytes] = field(default_factory=list)
    """Beginnings of sealed files that came; they must be found, or the search does not work."""
    store: Path | None = None
    """Where files are kept, if not in the installation's own folder."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def searched(  # noqa: PLR0917 - fixtures
    request: pytest.FixtureRequest, make_installation: Callable[..., Installation], browser: Any,
    tmp_path_factory: pytest.TempPathFactory, object_store: Callable[[], ObjectStore], demonstration_data: Path,
) -> Searched:  # fmt: skip
    """Everything said once: on SQLite with a folder of files, on PostgreSQL with an S3 store."""
    temporary = tmp_path_factory.mktemp("temporary")
    in_s3 = request.param == "postgresql"
    settings = object_store().settings(secrets.token_hex(4)) if in_s3 else {}
    installation = make_installation(request.param, start=False, TMPDIR=str(temporary), **settings)
    there = Searched(request.param, installation, temporary, store=object_store().folder if in_s3 else None)
    if request.param == "sqlite":
        shutil.copytree(demonstration_data, installation.folder / "var")
    # Two weeks of a demonstration take a while on a machine that is busy with other tests.
    there.installation.start("--demo", within=120)
    with ExitStack() as closing:

        def contexts(**options: Any) -> BrowserContext:
            context: BrowserContext = browser.new_context(**options)
            closing.callback(context.close)
            return context

        from_a_phone(there, contexts)
        from_a_terminal(there, tmp_path_factory.mktemp("terminal"))
        at_the_workbench(there, contexts)
    said_about_itself(there)
    there.installation.set_clock("+1d")
    there.installation.command("night")
    there.installation.command("verify")
    there.installation.command("check", check=False)
    return there


def from_a_phone(there: Searched, contexts: Contexts) -> None:
    """A report with every box filled, a name under seal, an answer, and a message back."""
    stand = Stand.begin(there.installation)
    person = Person(stand, contexts(viewport=PHONE, locale="en"))
    uploads: list[bytes] = []
    person.page.on("request", lambda asked: uploads.append(asked.url.encode()))
    person.opens().writes(f"I saw {there.marks.text} there.")
    person.page.check("#concerns-yes")
    person.page.locator("#whose").get_by_label("First desk").check()
    fill(person.page, there.marks)
    person.page.locator("#view button[type=submit]").click()
    person.page.wait_for_selector("#view fieldset:not(#concerns)")
    fill(person.page, there.marks)
    person.says_no_more()
    person.page.check("#naming-locked")
    person.page.check("#ring-yes")
    fill(person.page, there.marks)
    person.page.locator("#view button[type=submit]").click()
    person.page.wait_for_selector("#receipt li")
    person.keeps_the_receipt().sends()
    assert there.marks.han in stand.answer(f"Which floor? {there.marks.text}")[0]["what"]
    person.comes_back().mailbox()
    assert there.marks.arabic in person.text()
    person.page.get_by_label("Your message").fill(f"The second. {there.marks.text}")
    person.page.get_by_role("button", name="Send", exact=True).click()
    person.page.wait_for_function("() => document.querySelectorAll('.story .message.mine').length === 2")
    assert all(there.marks.latin.encode() not in address for address in uploads)


def fill(page: Page, marks: Marks) -> None:
    """Write the marks into every empty box that the page shows."""
    boxes = page.locator("#view textarea:visible, #view input[type=text]:visible, #view input:not([type]):visible")
    assert boxes.count() > 0
    for box in boxes.all():
        if box.input_value() == "":
            box.fill(marks.text)


def from_a_terminal(there: Searched, folder: Path) -> None:
    """`fairline send` and `fairline open`, on a machine of their own."""
    demonstration = Demonstration(there.installation)
    address = f"{there.installation.urls['report']}/at/{b64(demonstration.office)}/"
    receipt, answers = folder / "receipt", folder / "answers"
    answers.write_text(json.dumps({"what": there.marks.text, "where": there.marks.text}), encoding="utf-8")
    desk = ["--desk", "Safety and security desk", "--yes", "--receipt-file", str(receipt)]
    short, long = folder / f"{there.marks.text}.txt", folder / f"{there.marks.latin}.mp4"
    short.write_text(there.marks.text, encoding="utf-8")
    # More than one part, with a mark in each of its chunks.
    long.write_bytes(there.marks.text.encode().ljust(30_000, b".") * 100)
    files = ["--attach", str(short), "--attach", str(long)]
    terminal("send", address, *desk, "--answers", str(answers), *files, folder=folder)
    more = folder / "more"
    more.write_text(f"One thing more: {there.marks.text}", encoding="utf-8")
    answer = ["--answer", str(more), "--attach", str(short), "--save", str(folder / "saved")]
    said = terminal("open", address, "--yes", "--receipt-file", str(receipt), *answer, folder=folder)
    assert there.marks.han in said
    assert (folder / "saved" / long.name).read_bytes() == long.read_bytes()
    assert long.read_bytes() in list(read_at_the_office(there))


def read_at_the_office(there: Searched) -> Iterator[bytes]:
    """A member opens every file, part by part; what the server gave out must be found where it keeps it."""
    reader = Colleague(there.installation, "ilse")

    def fetch(part: int, thread: str, blob: bytes) -> bytes:
        sealed = reader.ask("GET", f"threads/{thread}/blobs/{b64(blob)}/parts/{part}")
        there.ciphertext.append(sealed[2000:2080])
        return sealed

    for row in reader.arrivals():
        _head, thread = reader.open(row["thread"])
        for file in attachments(thread):
            yield b"".join(Attachment(file, partial(fetch, thread=row["thread"], blob=file.blob)).whole())


def terminal(*words: str, folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("FAIRLINE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "fairline.cli.main", *words],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def at_the_workbench(there: Searched, contexts: Contexts) -> None:
    """A member reads, searches, answers and notes."""
    demonstration = Demonstration(there.installation)
    reporter: Reporter = demonstration.reporter()
    reporter.file({"what": there.marks.text}, contact=there.marks.text, must_not_see=(there.marks.text,))
    there.ciphertext += own_beginnings(reporter)
    page = demonstration.signed_in(contexts, "bao")
    open_report(page, reporter.thread_id)
    expect(page.locator(".detail article .story")).to_contain_text(there.marks.arabic)
    page.keyboard.press("r")
    page.locator("#draft").fill(f"A question: {there.marks.text}")
    page.get_by_role("button", name="Look it over and send").click()
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.locator(".message.mine")).to_contain_text(there.marks.han)
    expect(page.locator("#draft")).to_have_value("")
    open_report(page, reporter.thread_id)
    page.keyboard.press("n")
    expect(page.locator("#draft-readers")).to_contain_text("The reporting person never sees it.")
    page.locator("#draft").fill(f"A note: {there.marks.text}")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".message.note")).to_contain_text(there.marks.han)
    page.locator("#search").fill(there.marks.han)
    expect(page.locator(".rows .entry")).not_to_have_count(0)


def own_beginnings(reporter: Reporter) -> list[bytes]:
    """The first random bytes of the sealed copies that the mailbox gives back."""
    _head, files = reporter._load()
    beginnings = [file[80:160] for file in files]
    assert beginnings
    return beginnings


def said_about_itself(there: Searched) -> None:
    """Requests that carry marks in addresses and headers, and one that tries to hand in a report in clear."""
    mark = there.carried.latin
    headers = {
        "User-Agent": mark, "Referer": f"https://{mark}.example/", "X-Forwarded-For": mark, "Cookie": f"a={mark}",
        "Accept-Language": f"en;q=0.5, {mark}", "Forwarded": f"for={mark}", "Sec-CH-UA": mark,
    }  # fmt: skip
    for door in DOORS:
        line = Line(there.installation.urls[door], bytes(16))
        for method, path in (("GET", "/"), ("GET", f"/?word={mark}"), ("GET", f"/at/{mark}/"), ("POST", f"/{mark}")):
            answer = line.send(method, path, mark.encode() if method == "POST" else None, **headers)
            assert answer.status < 500
    clear = json.dumps({"what": there.carried.text}, ensure_ascii=False).encode()
    report_door = Line(there.installation.urls["report"], Demonstration(there.installation).office)
    for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = report_door.send("POST", f"/at/{b64(report_door.office)}/drop", clear, **{"Content-Type": kind})
        assert 400 <= answer.status < 500


def kept(there: Searched, cluster: Callable[[], Cluster], folder: Path) -> Iterator[Path]:
    """Every file that the server has written, the database's own folder and a dump of it included."""
    yield from files_below(there.installation.folder)
    yield from files_below(there.temporary)
    if there.store is not None:
        yield from files_below(there.store)
    if there.kind == "postgresql":
        yield from files_below(cluster().folder)
        for name in ("FAIRLINE_DATABASE", "FAIRLINE_PUBLIC_DATABASE"):
            dump = folder / f"{name}.sql"
            with dump.open("wb") as out:
                program = str(cluster().binaries / "pg_dump")
                subprocess.run([program, there.installation.environment[name]], check=True, stdout=out)
            yield dump


def test_no_file_of_the_server_holds_a_mark(searched: Searched, postgres: Any, tmp_path: Path) -> None:
    files = list(kept(searched, postgres, tmp_path))
    assert in_files(files, searched.marks.spellings()) == []
    # The same search does find what is there: the sealed files, as they came.
    beginnings = {f"sealed {number}": one for number, one in enumerate(searched.ciphertext)}
    assert {one.rpartition(": ")[2] for one in in_files(files, beginnings)} == set(beginnings)


def test_no_file_of_the_server_keeps_what_browsers_say_of_themselves(
    searched: Searched, postgres: Any, tmp_path: Path
) -> None:
    assert in_files(kept(searched, postgres, tmp_path), searched.carried.spellings()) == []
    for told in ("POST /", "GET /", "127.0.0.1 -", "HeadlessChrome"):
        assert told not in searched.installation.logs()


def test_no_memory_of_a_server_process_holds_a_mark(searched: Searched, tmp_path: Path) -> None:
    installation = searched.installation
    doors = installation.door_pids()
    assert set(doors) == set(DOORS)
    assert installation.process is not None
    spellings = searched.marks.spellings()
    for name, pid in {**doors, "supervisor": installation.process.pid, **backends(installation)}.items():
        control = secrets.token_hex(20).encode()
        with held(installation, name, control):
            dump = dumped(pid, tmp_path)
        assert in_file(dump, spellings) == [], name
        if name in doors:
            assert in_file(dump, {"control": control}) == ["control"]
        dump.unlink()


def backends(installation: Installation) -> dict[str, int]:
    """The database's processes that served the doors last; SQLite has none."""
    url = installation.environment.get("FAIRLINE_DATABASE")
    if url is None:
        return {}
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " ORDER BY state_change DESC LIMIT 4"
        ).fetchall()
    return {f"database process {pid}": pid for (pid,) in rows}


@contextmanager
def held(installation: Installation, door: str, content: bytes) -> Iterator[None]:
    """Keep half a request before a door, so that its bytes are certainly in its memory."""
    if door not in DOORS:
        yield
        return
    place = urlsplit(installation.urls[door])
    with socket.create_connection((place.hostname, place.port), 5) as line:
        head = f"POST / HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: 4000\r\n\r\n"
        line.sendall(head.encode() + content * 40)
        time.sleep(0.3)
        yield
