"""Fuzz one parser, or `all`, with atheris: `python tests/hostile/fuzz/fuzz.py charter -runs=20000 [folder of inputs]`.

Needs atheris, which the test environment has where there is one. Without a number of runs it goes on until it finds
something.
"""

import sys
import tempfile
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3] / "src")]
with atheris.instrument_imports(include=["fairline", "targets"]):
    import targets


NAMES = sorted(targets.TARGETS)


def corpus(name: str) -> list[bytes]:
    """Good inputs; for all parsers at once, the first byte says whose."""
    if name == "all":
        return [bytes([place]) + seed for place, one in enumerate(NAMES) for seed in targets.TARGETS[one].seeds()]
    return targets.TARGETS[name].seeds()


def feed_any(data: bytes) -> None:
    if data:
        targets.feed(NAMES[data[0] % len(NAMES)], data[1:])


def main() -> None:
    name, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(corpus(name)):
            (Path(folder) / f"seed-{number}").write_bytes(seed)
        feed = feed_any if name == "all" else lambda data: targets.feed(name, data)
        atheris.Setup([sys.argv[0], *options, folder], feed)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
