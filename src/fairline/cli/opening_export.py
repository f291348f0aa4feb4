"""`fairline open FOLDER --as NAME`: a member of the office reads an exported folder, off-line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairline.seal.words import words_to_entropy
from fairline.terminal.dialogue import ask_hidden, give, here, say
from fairline.terminal.errors import TerminalError
from fairline.terminal.exported import Export
from fairline.terminal.files import keep, read_text, require_new
from fairline.terminal.reading import Read, ReadThread, identity_lines, read
from fairline.terminal.saving import CARE, Folder, from_export, save, told
from fairline.terminal.showing import attachments, clean
from fairline.terminal.unlocking import Unlocked, by_paper, by_passphrase
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop, ngettext

if TYPE_CHECKING:
    import argparse

IDENTITIES = gettext_noop(
    "WARNING: %(file)s now holds the keys themselves, in clear. Whoever gets it reads every report of these desks, the "
    "ones still to come under the same key included, and nobody can see that it was used. Destroy it as soon as you "
    "have what you need."
)


def describe(group: argparse._ArgumentGroup) -> None:
    """Declare the arguments."""
    group.add_argument("--as", dest="member", metavar="NAME", help="the name you sign in with at the office")
    group.add_argument("--paper", action="store_true", help="unlock by the printed way back instead of the passphrase")
    group.add_argument("--passphrase-file", metavar="FILE", help="read passphrase or printed words from here (- stdin)")
    group.add_argument("--out", metavar="FOLDER", help="write each report as a text into this new folder")
    group.add_argument(
        "--identities", metavar="FILE", help="write the age keys into this new file, for other age tools"
    )


def run(arguments: argparse.Namespace, language: str) -> int:
    """Unlock, open and prove; return 0, or 1 if something of this member's desks could not be opened."""
    if arguments.member is None:
        raise TerminalError("member", _("Who are you? Add --as and the name that you sign in with."))
    out = None if arguments.out is None else Path(arguments.out)
    if out is not None and out.exists():
        raise TerminalError("file", _("%(folder)s is there already. Name a new folder.") % {"folder": out})
    if arguments.identities is not None:
        require_new(Path(arguments.identities))
    export = Export(Path(arguments.place))
    unlocked = _unlocked(arguments, export)
    proved = _("Proved from the fingerprint in your own vault, as of the day of the export: %(day)s.")
    say(proved % {"day": export.day.isoformat()})
    for fault in unlocked.faults:
        say(clean(fault))
    found_all = read(export, unlocked)
    found = list(found_all.threads)
    if out is None:
        for one in found:
            give("\n".join(one.lines(language)))
    else:
        out.mkdir(mode=0o700)
        for one in found:
            keep(out / f"{one.name}.txt", ("\n".join(one.lines(language)) + "\n").encode())
        written = ngettext(
            "%(n)s report is in %(folder)s, in clear. It is what the office is there to protect.",
            "%(n)s reports are in %(folder)s, in clear. They are what the office is there to protect.",
            len(found),
        )
        say(written % {"n": len(found), "folder": out})
    saved = arguments.save is None or _save(export, found, arguments.save)
    if arguments.identities is not None:
        path = Path(arguments.identities)
        keep(path, ("\n".join(identity_lines(unlocked)) + "\n").encode())
        say(_(IDENTITIES) % {"file": path})
    return _told(found_all, unlocked, saved=saved)


def _save(export: Export, found: list[ReadThread], path: Path) -> bool:
    """Write the attachments, those of each report into a folder of its own; return whether all of them are there."""
    say(_(CARE))
    whole = True
    with Folder(path):
        for one in found:
            files = attachments(one.thread)
            if files:
                with Folder(path / one.name) as folder:
                    whole &= told(save(folder, files, from_export(export, one.paths)), folder)
    return whole


def _told(found: Read, unlocked: Unlocked, *, saved: bool) -> int:
    wrong = sum(bool(one.wrong) for one in found.threads)
    opened = ngettext(
        "%(n)s report opened; something is wrong in %(wrong)s of them.",
        "%(n)s reports opened; something is wrong in %(wrong)s of them.",
        len(found.threads),
    )
    say(opened % {"n": len(found.threads), "wrong": wrong})
    for number, words in ((found.others, _others), (found.deleted, _deleted), (found.apart, _apart)):
        if number:
            say(words(number) % {"n": number})
    return 1 if wrong or unlocked.faults or not saved else 0


def _others(number: int) -> str:
    return ngettext(
        "%(n)s case of these desks is sealed to others.", "%(n)s cases of these desks are sealed to others.", number
    )


def _deleted(number: int) -> str:
    return ngettext(
        "%(n)s report opens to nobody: the export says that two members deleted it.",
        "%(n)s reports open to nobody: the export says that two members deleted them.",
        number,
    )


def _apart(number: int) -> str:
    return ngettext(
        "%(n)s report is not shown: its author asked that somebody with your name should not read it.",
        "%(n)s reports are not shown: their authors asked that somebody with your name should not read them.",
        number,
    )


def _unlocked(arguments: argparse.Namespace, export: Export) -> Unlocked:
    member = export.member(arguments.member)
    question = _("Your printed twelve words:") if arguments.paper else _("Your passphrase:")
    if arguments.passphrase_file is not None:
        typed = read_text(arguments.passphrase_file).strip()
    else:
        typed = ask_hidden(question) if here() else read_text("-").strip()
    if arguments.paper:
        return by_paper(export, member, words_to_entropy(typed))
    return by_passphrase(export, member, typed)
