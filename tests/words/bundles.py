"""Style sheets and elements as a page would get them, for tests that look at them alone."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"


@cache
def sheet(name: str) -> str:
    return _bundle(str(ROOT / "web" / "style" / f"{name}.css"))


@cache
def script(source: str) -> str:
    """Bundle TypeScript that stands in web/elements/."""
    return _bundle("--loader=ts", "--format=iife", given=source)


def sample(door: str, language: str = "en", direction: str = "ltr", accent: str = "") -> str:
    """Return the page of web/style/samples that shows every part of a door's style."""
    body = (ROOT / "web" / "style" / "samples" / f"{door}.html").read_text("utf-8")
    return framed(body, sheet(door), language, direction, accent)


def framed(body: str, style: str = "", language: str = "en", direction: str = "ltr", accent: str = "") -> str:
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}" data-accent="{accent}"><head><title>Page</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>'
        f"<body>{body}</body></html>"
    )


def _bundle(*arguments: str, given: str = "") -> str:
    done = subprocess.run(
        [ESBUILD, *arguments, "--bundle", "--log-level=error"],
        input=given.encode(),
        capture_output=True,
        check=True,
        cwd=ROOT / "web" / "elements",
    )
    return done.stdout.decode()
