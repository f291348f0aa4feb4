"""What all tests stand on: an installation's settings in a temporary folder, and the fixtures of `support`."""

from __future__ import annotations

import atexit
import gc
import os
import re
import shutil
import tempfile
from pathlib import Path

import django
import hypothesis
import pytest

from support.everyday import is_everyday, is_left_out

# Nothing of what is loaded and collected is garbage: it is not looked through until the first test, nor ever again.
gc.disable()

FELL = os.environ.get("FAIRLINE_TEST_FELL")
"""A file for what fell, a line each (`bin/test` says it last)."""
RETRIES = int(os.environ.get("FAIRLINE_TEST_RETRIES", os.environ.get("TEST_RETRIES", "1")))
# The run's other processes are started from this one, whose settings are taken away next.
os.environ["TEST_RETRIES"] = str(RETRIES)
for name in [name for name in os.environ if name.startswith("FAIRLINE_")]:
    del os.environ[name]
FOLDER = tempfile.mkdtemp(prefix="fairline-test-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["FAIRLINE_DATA"] = f"{FOLDER}/var"
os.environ["FAIRLINE_TEST"] = "yes"
os.environ["FAIRLINE_TEST_CLOCK"] = f"{FOLDER}/clock"
os.environ["FAIRLINE_TEST_EASIER"] = "6"
os.environ["FAIRLINE_TEST_ROOMY"] = "yes"
# A terminal that a test calls in this process remembers nothing in the home of whoever runs the tests.
os.environ["XDG_STATE_HOME"] = f"{FOLDER}/state"
os.environ["DJANGO_SETTINGS_MODULE"] = "fairline.cli.settings"
# Playwright's synchronous interface runs an event loop in the test's thread; the tests share nothing with it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"

# Before any other conftest is imported: those of rooms import models.
django.setup(set_prefix=False)

# A machine that is busy is no reason to fail: nothing here is timed. Where a submission is judged, the examples are the
# same every time; at a developer's they are new ones.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

SHOWN = 1500
"""Of a page on which something fell, so many characters are said at the end."""
SLOW = {"make_installation", "browser"}
REAL = {"browser", "playwright", "firefox"}
NEVER_TWICE = {"hostile", "rights"}
"""Folders whose tests fail at the first failure: what an attack or a fault finds once in two times is found."""

pytest_plugins = ["support.databases", "support.doors", "support.installation", "support.browsers",
                  "support.demonstrations", "support.object_store"]  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="campaigns whole, not their shares (bench/thorough.py)")
    parser.addoption("--everyday", action="store_true", help="what `bin/test` runs unless `--whole` is said")


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether a campaign is run whole. Otherwise each run has a share of it, drawn so that every part is in some share
    of some route, file or day."""
    return bool(request.config.getoption("--thorough"))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Load no file of which every test would be left out: each process of the run would load it once."""
    return True if config.getoption("--everyday") and is_left_out(collection_path) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not of every day, where that is asked.

    The files that start processes and browsers come first, so that no worker begins a long one when others are done.

    A test that looks at a browser is tried once more, because a browser on a busy machine loses races that no person
    would; the summary names each that needed it (`docs/decisions/0002-what-we-stand-on.md`).
    Needs xdist's `--no-loadscope-reorder`: its own order goes by the number of tests, and most of those take nothing.
    """
    if config.getoption("--everyday"):
        parts: dict[bool, list[pytest.Item]] = {True: [], False: []}
        for item in items:
            parts[is_everyday(item)].append(item)
        config.hook.pytest_deselected(items=parts[False])
        items[:] = parts[True]
    slow = {item.path for item in items if SLOW & set(getattr(item, "fixturenames", ()))}
    for item in items:
        if RETRIES and REAL & set(getattr(item, "fixturenames", ())) and item.path.parent.name not in NEVER_TWICE:
            item.add_marker(pytest.mark.flaky(reruns=RETRIES))
    items.sort(key=lambda item: item.path not in slow and item.path.parent.name != "hostile")


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later search for garbage."""
    gc.freeze()
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once more at the very end, in a line each, what fell and why: also what stood when it was tried again."""
    kinds = ("failed", "error", "rerun")
    fell = [(kind, report) for kind in kinds for report in terminalreporter.stats.get(kind, ())]
    lines = [f"{kind}: {report.nodeid}: {why(report)}" for kind, report in fell]
    if FELL:
        Path(FELL).write_text("".join(f"{line}\n" for line in lines))
    for line in lines:
        terminalreporter.write_line(line)


def why(report: pytest.TestReport) -> str:
    """Where it fell, and the beginning of what it said."""
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is None:
        return report.longreprtext[-300:].replace("\n", " ")
    own = [entry.reprfileloc for entry in report.longrepr.reprtraceback.reprentries if hasattr(entry, "reprfileloc")]
    line = next((at.lineno for at in reversed(own) if at and at.path.startswith("tests/")), crash.lineno)
    said, _, page = crash.message.partition("- main")
    # Of a page, what it showed in its middle: the way there and the bar above are the same on all.
    shown = re.sub(r"\s+", " ", page[:SHOWN])
    return f"line {line}: {said[:300]} {shown}".replace("\n", " ").rstrip()
