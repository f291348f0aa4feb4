"""A disk of 200 MB of its own, in memory, that a test may fill up without anybody else noticing."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SIZE_MB = 200


@contextmanager
def small_disk() -> Iterator[Path]:
    """Mount it in a folder that every user may enter, and take it away at the end; skips where nobody may mount."""
    folder = Path(tempfile.mkdtemp(prefix="fairline-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=755", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        folder.rmdir()
        pytest.skip("a small disk needs somebody who may mount one: run this as root")
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()
