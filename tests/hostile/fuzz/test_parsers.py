"""No parser lets anything out but our own refusals, whatever bytes it is given.

Two engines over the same targets: mutations of good inputs by hypothesis, always; and atheris, which looks at what
code an input reaches, wherever there is one (Linux on x86-64, CPython 3.11 to 3.13). `FAIRLINE_FUZZ_RUNS=1000000
pytest tests/hostile/fuzz` looks longer.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostile.fuzz.targets import TARGETS, feed

RUNS = int(os.environ.get("FAIRLINE_FUZZ_RUNS", "30000"))
# Bytes that mean something to one of the formats.
TELLING = [
    b"\0",
    b"\xff",
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b"-",
    b"\\u",
    b"\\",
    b"1e9",
    b"null",
    b"\n",
    b" ",
    b"=",
    b"-> ",
]


def mutate(data, draw):
    place = draw(st.integers(0, len(data)))
    length = draw(st.integers(0, 8))
    match draw(st.integers(0, 3)):
        case 0:
            return data[:place] + draw(st.sampled_from(TELLING)) + data[place:]
        case 1:
            return data[:place] + data[place + length :]
        case 2:
            return data[:place] + draw(st.binary(min_size=1, max_size=4)) + data[place + length :]
        case _:
            return data[:place] + data[place : place + length] * 3 + data[place + length :]


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_mutations_of_good_inputs(name):
    seeds = TARGETS[name].seeds()
    assert seeds, "a target without a good input would only be scratched"

    @settings(max_examples=200, deadline=None)
    @given(st.data())
    def run(data):
        mutated = data.draw(st.sampled_from(seeds))
        for _ in range(data.draw(st.integers(0, 3))):
            mutated = mutate(mutated, data.draw)
        feed(name, mutated)

    run()


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_any_bytes(name):
    @settings(max_examples=60, deadline=None)
    @given(st.binary(max_size=300))
    def run(data):
        feed(name, data)

    run()


if find_spec("atheris"):

    def test_what_atheris_finds(tmp_path):
        done = subprocess.run(
            [sys.executable, Path(__file__).with_name("fuzz.py"), "all", f"-runs={RUNS}", "-seed=1",
             "-max_len=16384", f"-artifact_prefix={tmp_path}/", str(tmp_path)],
            env=os.environ | {"PYTHONHASHSEED": "0"}, capture_output=True, text=True, timeout=3600, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-4000:]
        assert f"Done {RUNS}" in done.stderr
