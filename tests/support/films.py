"""A film of twenty seconds whose second half lies many megabytes behind its first, so that what a player reads shows.

`files/film.mp4` was made once, by hand: `ffmpeg -f lavfi -i testsrc2=size=64x48:rate=2 -t 20 -c:v libvpx-vp9 -g 4
-crf 63 -b:v 0 -pix_fmt yuv420p -an -map_metadata -1 -fflags +bitexact -flags:v +bitexact film.mp4`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

FILM = Path(__file__).with_name("files") / "film.mp4"
HOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
LENGTH = 20.0
"""Seconds."""


def film(filling: int) -> bytes:
    """The film with `filling` bytes of nothing between its two halves, and its index at the very end, as phones do."""
    plain = FILM.read_bytes()
    boxes = {kind: plain[start + 8 : end] for kind, start, end in _boxes(plain)}
    sizes = _sizes(plain)
    data = boxes[b"mdat"]
    half = sum(sizes[: len(sizes) // 2])
    before = len(_box(b"ftyp", boxes[b"ftyp"])) + 8
    offsets, at = [], before
    for number, size in enumerate(sizes):
        offsets.append(at + (filling if number >= len(sizes) // 2 else 0))
        at += size
    spread = data[:half] + bytes(filling) + data[half:]
    index = _rebuilt(b"moov", boxes[b"moov"], offsets)
    return _box(b"ftyp", boxes[b"ftyp"]) + _box(b"mdat", spread) + index


def _boxes(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    at = 0
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        yield kind, at, at + size
        at += size


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def _sizes(content: bytes) -> list[int]:
    for kind, start, end in _boxes(content):
        inner = content[start + 8 : end]
        if kind == b"stsz":
            return list(struct.unpack(f">{(len(inner) - 12) // 4}I", inner[12:]))
        if kind in HOLDERS:
            found = _sizes(inner)
            if found:
                return found
    return []


def _rebuilt(kind: bytes, content: bytes, offsets: list[int]) -> bytes:
    """The same box with each picture in a chunk of its own."""
    if kind == b"stsc":
        return _box(kind, struct.pack(">IIIII", 0, 1, 1, 1, 1))
    if kind == b"stco":
        return _box(kind, struct.pack(f">II{len(offsets)}I", 0, len(offsets), *offsets))
    if kind not in HOLDERS:
        return _box(kind, content)
    inner = b"".join(_rebuilt(one, content[start + 8 : end], offsets) for one, start, end in _boxes(content))
    return _box(kind, inner)
