"""A clone of this repository, and the doors that it opens: the newcomer's way."""

from __future__ import annotations

import subprocess
import urllib.error
import urllib.request
from pathlib import Path

NEWCOMERS_PATH = "/usr/local/bin:/usr/bin:/bin"
"""What a newcomer has on the path: nothing of ours."""


def clone(root: Path, into: Path) -> None:
    """Clone the last commit of ``root``."""
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(root), str(into)], check=True)


def standing(port: int) -> bool:
    """Return whether a door answers on ``port``."""
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/standing", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
