"""`bin/run`, as it is typed. A clone on a machine without any of it is `bench/fresh_clone.py`, which installs first."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from support.clones import NEWCOMERS_PATH, standing
from support.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
DOORS = ("report", "office", "public")


def test_serves_three_doors_until_ctrl_c_and_says_where_they_are_and_how_to_begin(
    built_pages: None, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    ports = {door: free_port() for door in DOORS}
    environment = {
        "PATH": NEWCOMERS_PATH, "HOME": str(tmp_path), "FAIRLINE_DATA": str(tmp_path / "var"),
        **{f"FAIRLINE_{door.upper()}_PORT": str(port) for door, port in ports.items()},
    }  # fmt: skip
    # From another folder, as a service would; nobody is there to answer a question.
    with said.open("wb") as words:
        running = subprocess.Popen(
            [ROOT / "bin" / "run"], cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL, stdout=words, stderr=words,
            start_new_session=True,
        )  # fmt: skip
    try:
        end = time.monotonic() + 120
        while "Fairline is open:" not in said.read_text():
            assert running.poll() is None, said.read_text()
            assert time.monotonic() < end, said.read_text()
            time.sleep(0.05)
        assert all(standing(port) for port in ports.values())
        text = said.read_text()
        for door, port in ports.items():
            assert f"{door:<7} http://localhost:{port}/\n" in text
        assert f"http://localhost:{ports['office']}/setup#" in text
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 0
        assert not any(standing(port) for port in ports.values())
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait(20)
