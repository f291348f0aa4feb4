"""The TypeScript side, bundled once and asked over standard input."""

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def typescript(tmp_path_factory):
    """Asks the TypeScript side to do something."""
    script = tmp_path_factory.mktemp("driver") / "driver.mjs"
    subprocess.run(
        [ROOT / "node_modules/.bin/esbuild", ROOT / "web/seal/testing/driver.ts", "--bundle", "--format=esm",
         "--platform=node", "--log-level=warning", f"--outfile={script}"],
        check=True,
    )  # fmt: skip

    def ask(what, **given):
        text = json.dumps({"do": what, **given})
        done = subprocess.run(["node", script], input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask
