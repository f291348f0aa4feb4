"""Questions and sentences on a terminal: what is said goes to standard error, results alone to standard output."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

from fairline.terminal.errors import TerminalError
from fairline.terminal.words import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

BROKEN_PIPE = 141
"""What shells expect of a program whose reader left."""


def here() -> bool:
    """Whether a person sits at both ends: only then is anything asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def say(text: str = "") -> None:
    """Tell the person something."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except BrokenPipeError:
        # Whoever read along has left; what is under way goes on, and its exit status still says how it ended.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def alarm(text: str) -> None:
    """Tell the person what must not be overlooked: in red, where somebody watches a screen."""
    say(f"\033[1;31m{text}\033[0m" if sys.stderr.isatty() else text)


def give(text: str) -> None:
    """Give a result, so that it can be piped elsewhere."""
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads along has read enough. Nothing more is written, not even by Python at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(BROKEN_PIPE) from None


def ask(question: str) -> str:
    """One line from the person."""
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise TerminalError("no-answer", _("Nobody answered, so nothing was done."))
    return line.strip()


def ask_hidden(question: str) -> str:
    """One line that is not shown while it is typed, and so stays in no window and no scrollback."""
    if not here():
        return ask(question)
    try:
        unseen = _("%(question)s (not shown while you type)") % {"question": question}
        return getpass.getpass(f"{unseen} ", stream=sys.stderr).strip()
    except EOFError as error:
        raise TerminalError("no-answer", _("Nobody answered, so nothing was done.")) from error


def ask_yes(question: str) -> bool:
    """Whether the person agrees; anything but yes is no."""
    typed = ask(_("%(question)s [y/N]") % {"question": question}).casefold()
    # Translators: what people type to agree, in small letters; y and yes count in every language.
    return typed in {"y", "yes", _("yes")}


def ask_lines(question: str) -> str:
    """Several lines, up to an empty one."""
    say(question)
    say(_("(Write as many lines as you like; an empty line ends it.)"))
    lines: list[str] = []
    while (line := sys.stdin.readline()) and line.strip():
        lines.append(line.rstrip("\n"))
    return "\n".join(lines)


def choose(question: str, names: Sequence[str], *, several: bool = False) -> list[int]:
    """The places (from 0) of what the person chose by number; none where they pressed Enter alone."""
    say(question)
    for number, name in enumerate(names, 1):
        say(f"  {number}  {name}")
    while True:
        typed = ask(_("Number:") if not several else _("Numbers, with spaces between:")).split()
        places = [int(word) - 1 for word in typed if word.isdecimal()]
        fits = len(places) == len(typed) and all(0 <= place < len(names) for place in places)
        if fits and (several or len(places) <= 1):
            return places
        say(_("Please type a number of the list, or Enter alone."))
