"""What the documents point at is there: other documents, headings, pictures; and no picture lies there unused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
SOURCES = [path for place in ("*.md", "docs/**/*.md", "src/**/README.md", "vectors/*.md") for path in ROOT.glob(place)]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def links(source: Path) -> list[str]:
    found: list[str] = LINK.findall(FENCE.sub("", source.read_text("utf-8")))
    return [link for link in found if "://" not in link]


def anchors(source: Path) -> set[str]:
    """As the host of a repository makes them of headings."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", source.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(ROOT)))
def test_links_resolve(source: Path) -> None:
    for link in links(source):
        path, _, anchor = link.partition("#")
        target = (source.parent / path).resolve() if path else source
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_every_picture_is_shown_and_small() -> None:
    shown = {(source.parent / link).resolve() for source in SOURCES for link in links(source)}
    taken = set(PICTURES.glob("*.png"))
    assert taken <= shown
    assert max(picture.stat().st_size for picture in taken) < 100_000
