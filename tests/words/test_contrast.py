from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "web" / "style" / "parts" / "tokens.css"
ACCENTS = ("", "harbour", "plum", "brick", "moss", "slate")

# WCAG 2.2: 4.5 for text (1.4.3); 3 for the edge of what can be used and for focus (1.4.11).
TEXT = [
    ("ink", ("paper", "surface", "sunken", "accent-soft", "good-soft", "warning-soft", "danger-soft")),
    ("ink-soft", ("paper", "surface", "sunken", "accent-soft", "warning-soft")),
    ("accent", ("paper", "surface", "sunken", "accent-soft")),
    ("accent-strong", ("paper", "surface", "accent-soft")),
    ("on-accent", ("accent", "accent-strong")),
    ("good", ("paper", "surface", "good-soft")),
    ("warning", ("paper", "surface", "warning-soft")),
    ("danger", ("paper", "surface", "danger-soft")),
    ("on-danger", ("danger", "danger-strong")),
]
EDGES = [
    ("line-strong", ("paper", "surface")),
    ("focus", ("paper", "surface", "accent-soft", "warning-soft", "danger-soft")),
    ("accent", ("line",)),
]


def tokens(scheme: str, accent: str) -> dict[str, str]:
    text = TOKENS.read_text("utf-8")
    light, dark = text.split("@media screen and (prefers-color-scheme: dark)")
    found: dict[str, str] = {}
    for part in (light, dark) if scheme == "dark" else (light,):
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", part):
            if ":root" in selector or (accent and f'"{accent}"' in selector):
                found.update(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", body))
    return found


def luminance(colour: str) -> float:
    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_can_be_told_apart(scheme: str, accent: str) -> None:
    colours = tokens(scheme, accent)
    weak = [
        f"{front} on {back}: {contrast(colours[front], colours[back]):.2f}"
        for pairs, least in ((TEXT, 4.5), (EDGES, 3.0))
        for front, backs in pairs
        for back in backs
        if contrast(colours[front], colours[back]) < least
    ]
    assert weak == []


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_each_scheme_has_its_own_drawing_of_every_accent() -> None:
    drawn = {(scheme, accent): tokens(scheme, accent)["accent"] for scheme in ("light", "dark") for accent in ACCENTS}
    assert len(set(drawn.values())) == len(drawn)
