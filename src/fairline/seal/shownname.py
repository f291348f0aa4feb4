"""Names of files: as they are sealed, and as they are shown to somebody else.

A name comes from the sender's device and is untrusted. Turned writing direction makes `gpj.exe` look like a picture, a
path separator leads out of a folder, two hundred blanks push the true ending out of sight. What is shown, and what a
file is saved as, is the name without all that. Source: `docs/formats.md`, "Attachments", "Shown name".
"""

from __future__ import annotations

from fairline.seal.envelope import NAME_BYTES, TYPE_LETTERS

NAMELESS = "attachment"
LONGEST = 100
BEGINNING, ENDING = 70, 20
CUT = "…"

# By number, not by category: two languages with two versions of Unicode must agree.
BLANK = ((0x09, 0x0D), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
         (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000))  # fmt: skip
# Controls, what turns direction, what nobody sees. Joiners (U+200C, U+200D) stay: languages need them.
UNSEEN = ((0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
          (0x180B, 0x180F), (0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
          (0xD800, 0xDFFF), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF),
          (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF))  # fmt: skip
# What leads to another folder or drive on some system, what looks like it, and what some system takes in no name.
SEPARATORS = frozenset('/\\:*?"<>|\u2044\u2215\u2216\u2236\u29f5\u29f8\u29f9\ua789\ufe68\uff0f\uff1a\uff3c')
STAND_IN = "_"
# Devices of Windows, whatever follows the first dot.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(kind + number for kind in ("com", "lpt") for number in "0123456789¹²³")}
)
HALVES = ((0xD800, 0xDFFF),)


def kept_name(name: str) -> str:
    """The name as it goes into the envelope: the device's own, at most 255 bytes, its ending kept."""
    name = "".join("\ufffd" if _within(ord(letter), HALVES) else letter for letter in name)
    if len(name.encode()) <= NAME_BYTES:
        return name
    ending = CUT + name[-ENDING:]
    room = NAME_BYTES - len(ending.encode())
    return name.encode()[:room].decode(errors="ignore") + ending


def kept_type(kind: str) -> str:
    """The media type as it goes into the envelope: nothing where the device gives none that fits."""
    return kind if _is_type(kind) else ""


def shown_name(name: str) -> str:
    """The name as it may be shown, and as a file may be saved."""
    letters: list[str] = []
    for letter in name:
        code = ord(letter)
        if _within(code, BLANK):
            if letters[-1:] != [" "]:
                letters.append(" ")
        elif not _within(code, UNSEEN):
            letters.append(STAND_IN if letter in SEPARATORS else letter)
    # A dot in front hides a file, a dot or blank at the end is dropped by some systems with the ending before it.
    shown = "".join(letters).strip(" .")
    if len(shown) > LONGEST:
        shown = shown[:BEGINNING] + CUT + shown[-ENDING:]
    if shown.split(".")[0].strip(" ").lower() in DEVICES:
        shown = STAND_IN + shown
    return shown or NAMELESS


def _is_type(kind: str) -> bool:
    return len(kind) <= TYPE_LETTERS and all(" " <= letter <= "~" for letter in kind)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)
