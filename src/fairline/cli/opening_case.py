"""`fairline open FILE`: a case that was taken out as one file, off-line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairline.seal.exportedcase import PAGE
from fairline.seal.passphrases import Passphrase
from fairline.seal.recipients import read_identity
from fairline.seal.words import fingerprint
from fairline.terminal.casefile import CaseFile, read_case, unsealed
from fairline.terminal.dialogue import ask_hidden, give, here, say
from fairline.terminal.files import read_text
from fairline.terminal.saving import CARE, Folder
from fairline.terminal.showing import clean
from fairline.terminal.words import gettext as _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from fairline.seal.recipients import Opener

IDENTITY = "AGE-SECRET-KEY-PQ-1"
FINGERPRINT_LIST = "english"


def describe(group: argparse._ArgumentGroup) -> None:
    """Declare the arguments."""
    group.add_argument("--identity", metavar="FILE", help="age keys that open it; without it, the words are asked")


def run(arguments: argparse.Namespace, language: str) -> int:
    """Open, prove and show it; return 0, or 1 if something in it does not hold."""
    with unsealed(Path(arguments.place), _openers(arguments)) as archive:
        case = read_case(archive, arguments.fingerprint)
        _say_who(case, pinned=arguments.fingerprint is not None)
        give("\n".join(case.thread.lines(language)))
        left = [file for file in case.export.case.files if file.part is None]
        for file in left:
            say(_("Too large for this file, and not in it: %(name)s") % {"name": clean(file.name)})
        if arguments.save is not None:
            _save(case, arguments.save)
    return 1 if case.thread.wrong else 0


def _openers(arguments: argparse.Namespace) -> Sequence[Opener]:
    if arguments.identity is not None:
        lines = read_text(arguments.identity).splitlines()
        return [read_identity(line.strip()) for line in lines if line.strip().startswith(IDENTITY)]
    question = _("The words that open this file:")
    if arguments.passphrase_file is not None:
        typed = read_text(arguments.passphrase_file)
    else:
        typed = ask_hidden(question) if here() else read_text("-")
    return [Passphrase(" ".join(typed.split()))]


def _say_who(case: CaseFile, *, pinned: bool) -> None:
    found = case.export.case
    say(
        _("Taken out on %(day)s by %(name)s. The office has promised to have that in its record of %(kept)s.")
        % {"day": found.day.isoformat(), "name": clean(case.by), "kept": str(case.export.record.promise["day"])}
    )
    if pinned:
        say(_("Proved from the fingerprint that you gave."))
    else:
        words = " ".join(fingerprint(case.manifest.F, FINGERPRINT_LIST))
        said = _("Which office it comes from is only the file's own word. Compare with its poster: %(words)s")
        say(said % {"words": words})


def _save(case: CaseFile, path: Path) -> None:
    """Write the page to read and the attachments, under the names that they had as they may be shown."""
    say(_(CARE))
    with Folder(path) as folder:
        wanted = [("case.pdf", PAGE)]
        wanted += [(one.name, one.part) for one in case.export.case.files if one.part is not None]
        for name, part in wanted:
            kept = folder.write(name, case.export.contents.pieces(part))
            say(_("%(name)s is in %(path)s.") % {"name": clean(name), "path": path / kept})
