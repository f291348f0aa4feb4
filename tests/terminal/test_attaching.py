"""A connection that breaks costs one part; what is given up is taken back; what changes meanwhile is not sent."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import pytest

from fairline.seal.attachment import Attachment
from fairline.seal.errors import FairlineError
from fairline.seal.parcel import read_parcel
from fairline.seal.primitives import b64
from fairline.seal.vectors.attachments import pattern
from fairline.terminal import attaching
from fairline.terminal.attaching import attach, chosen
from fairline.terminal.errors import DoorRefusedError, TerminalError, UnreachableError
from fairline.terminal.sending import PAUSES

SIZE = 5_000_000
DESK = bytes(16)


class Store:
    """A door that keeps parts, and fails as often as it is told."""

    def __init__(self, fails: tuple[int, ...] = (), error: FairlineError | None = None) -> None:
        self.parts: dict[int, bytes] = {}
        self.removed: list[str] = []
        self.requests = 0
        self.bytes = 0
        self.fails, self.error = fails, error

    def one_line(self) -> Self:
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        pass

    def get(self, _path: str) -> bytes:
        raise DoorRefusedError(404, "not-found", "This door asks for no work.")

    def post(self, path: str, body: bytes, _kind: str = "") -> bytes:
        if path.endswith("removal"):
            self.removed.append(json.loads(body)["blob"])
            return b"{}"
        self.requests += 1
        parcel = read_parcel(body)
        self.bytes += len(parcel.files[0].content)
        if self.requests % 2 == 0 or self.requests not in self.fails:
            # Half of those that fail arrived, and only their answer was lost.
            self.parts[parcel.head["part"]] = parcel.files[0].content
        if self.requests in self.fails or self.error is not None:
            raise self.error or UnreachableError("The connection broke off before an answer came.")
        return b'{"v":1,"held":1}'


def office(store: Store) -> Any:
    return SimpleNamespace(door=store, path=lambda what: f"/at/x/{what}")


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(pattern(0, SIZE))
    return path


def test_after_a_break_it_goes_on_with_the_part_that_was_not_answered(film: Path) -> None:
    store, waited = Store(fails=(1, 2, 4)), list[float]()
    [file] = attach(office(store), DESK, chosen([str(film)]), waited.append)
    assert b"".join(Attachment(file, lambda part: store.parts[part]).whole()) == pattern(0, SIZE)
    assert waited == [PAUSES[0], PAUSES[1], PAUSES[0]]
    assert store.requests == len(store.parts) + 3
    assert store.removed == []
    assert (file.name, file.size, file.type) == ("film.mp4", SIZE, "video/mp4")


def test_what_is_given_up_is_taken_back(film: Path) -> None:
    store = Store(fails=tuple(range(2, 100)))
    with pytest.raises(UnreachableError):
        attach(office(store), DESK, chosen([str(film)]), lambda _seconds: None)
    assert store.requests == 1 + len(PAUSES) + 1
    assert len(store.removed) == 1


def test_all_files_are_taken_back_where_one_is_refused(film: Path, tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"small")
    store = Store()
    real = store.post

    def post(path: str, body: bytes, kind: str = "") -> bytes:
        if store.requests == 2:
            store.error = DoorRefusedError(409, "no-room", "There is no room for files now.")
        return real(path, body, kind)

    store.post = post  # type: ignore[method-assign]
    with pytest.raises(DoorRefusedError):
        attach(office(store), DESK, chosen([str(tmp_path / "small"), str(film)]), lambda _seconds: None)
    assert len(store.removed) == 2


@pytest.mark.parametrize("change", ["longer", "shorter", "other"])
def test_a_file_that_changes_meanwhile_is_not_sent(film: Path, change: str) -> None:
    store = Store()
    real = store.post

    def post(path: str, body: bytes, kind: str = "") -> bytes:
        if store.requests == 0:
            changed = {"longer": pattern(0, SIZE + 1), "shorter": pattern(0, 100), "other": bytes(SIZE)}[change]
            film.write_bytes(changed)
        return real(path, body, kind)

    store.post = post  # type: ignore[method-assign]
    with pytest.raises(TerminalError, match="changed while it was being sent"):
        attach(office(store), DESK, chosen([str(film)]), lambda _seconds: None)
    assert len(store.removed) == 1


def test_the_door_learns_no_name_no_type_and_no_true_size(tmp_path: Path) -> None:
    path = tmp_path / "resignation of the weir keeper.pdf"
    path.write_bytes(pattern(0, 100_001))
    (tmp_path / "other").write_bytes(pattern(0, 99_000))
    store = Store()
    heads = []
    real = store.post

    def post(path: str, body: bytes, kind: str = "") -> bytes:
        heads.append(read_parcel(body).head)
        return real(path, body, kind)

    store.post = post  # type: ignore[method-assign]
    file, _ = attach(office(store), DESK, chosen([str(path), str(tmp_path / "other")]), lambda _seconds: None)
    head, other = heads
    assert head["files"] == other["files"]
    assert set(head) == {"v", "blob", "auth", "desk", "part", "parts", "files"}
    assert head["blob"] == b64(file.blob)


def test_too_many_files_and_too_long_ones_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(4 * 1024**3 + 1)
    with pytest.raises(TerminalError, match="longer than 4 GiB"):
        chosen([str(path)])
    with pytest.raises(TerminalError, match="At most 100"):
        chosen([str(tmp_path / "small")] * 101)


def test_progress_is_said_now_and_then_where_nobody_watches(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    attach(office(Store()), DESK, chosen([str(film)]), lambda _seconds: None)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "film.mp4: 0 %"
    assert lines[-1] == "film.mp4: 100 %"
    assert len(lines) <= 100 // attaching.STEP + 1
