"""Fuzz one parser with atheris: `python tests/hostile/fuzz/fuzz.py charter -runs=20000 [folder of inputs]`.

Needs atheris, which the test environment has where there is one. Without a number of runs it goes on until it finds something.
"""

import sys
import tempfile
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3] / "src")]
with atheris.instrument_imports(include=["fairline", "targets"]):
    import targets


def main() -> None:
    name, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(targets.TARGETS[name].seeds()):
            (Path(folder) / f"seed-{number}").write_bytes(seed)
        atheris.Setup([sys.argv[0], *options, folder], lambda data: targets.feed(name, data))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
