"""`fairline open ADDRESS` opens a mailbox by its receipt; `fairline open FOLDER --as NAME` an exported office.

`fairline open FILE` opens a case that was taken out as one file.

With `--promise FILE` it opens nothing and holds an acknowledgement against the public record.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairline.cli import opening_case, opening_export, opening_filing, opening_promise
from fairline.cli.asking import describe_common, language_of, manner_wanted, proven_offices, say_who
from fairline.cli.seen_before import require_unchanged, say_changed
from fairline.ledger.errors import BatchError, NoteError, ProofError, RecordForkError
from fairline.ledger.keeping import Broken, Kept, Overdue, Waiting
from fairline.seal.errors import FairlineError
from fairline.seal.receipt import derive, new_receipt
from fairline.terminal import checking
from fairline.terminal.address import read_address
from fairline.terminal.answering import answer, replace_receipt
from fairline.terminal.attaching import AS_THEY_ARE, attach, chosen
from fairline.terminal.dialogue import ask_yes, give, here, say
from fairline.terminal.errors import DoorRefusedError, TerminalError, UnreachableError
from fairline.terminal.files import keep, read_text, require_new
from fairline.terminal.mailbox import Opened, fetch, prove
from fairline.terminal.receipts import asked_receipt, hand_over, manner_of, typed_back
from fairline.terminal.saving import CARE, Folder, from_mailbox, save, told
from fairline.terminal.sentences import of_code, sentence
from fairline.terminal.showing import attachments, clean, state_in_words, thread_lines
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop, ngettext, speak

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from fairline.seal.form import Form
    from fairline.terminal.office import Office

ALARM = 4
"""Exit status where the office broke a promise, keeps something back, or contradicts what this machine saw before."""
REPLACED = gettext_noop(
    "These words were replaced by new ones. If that was you, use the new words. If it was not, tell the office another "
    "way: whoever has the new words reads and writes in your place."
)
NO_MAILBOX = gettext_noop(
    "There is no mailbox under this receipt. Please compare each word with your note: one wrong word in sixteen passes "
    "the check of the words by chance. If they are right, add --check: the public record tells whether it ever arrived."
)
GONE = gettext_noop(
    "ALARM: your report did arrive, and the office does not show it. The public record holds entries that only this "
    "receipt leads to, of these days: %(days)s. Please tell somebody outside this office."
)
MORE = gettext_noop(
    "ALARM: the record holds more than this mailbox shows, on %(days)s. Either the server keeps something from you, or "
    "somebody who has read your report put an entry there to worry you. Ask the office here, and tell somebody outside "
    "it."
)
NOTHING = gettext_noop(
    "There is nothing in the public record either: the words are miscopied, or the report never arrived. If you kept "
    "the promise, show it to somebody outside this office: it proves what the office signed."
)


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    what = "address of the report door, a folder that `fairline export` wrote, or a file with a case"
    parser.add_argument("place", help=what)
    describe_common(parser)
    parser.add_argument("--save", type=Path, metavar="FOLDER", help="write the attachments into this folder")
    mailbox = parser.add_argument_group("a mailbox")
    mailbox.add_argument("--answer", metavar="FILE", help="send this text to the office (- reads the standard input)")
    mailbox.add_argument(
        "--attach", action="append", default=[], metavar="FILE", help="with --answer: a file to send; may be repeated"
    )
    mailbox.add_argument("--check", action="store_true", help="hold the mailbox against the public record")
    mailbox.add_argument("--proof", metavar="FILE", help="with --check, --promise: keep a proof of what is wrong here")
    mailbox.add_argument("--filing", metavar="FILE", help="keep a proof that the report was filed, for others to check")
    mailbox.add_argument("--replace", action="store_true", help="make new words; the old ones open nothing afterwards")
    mailbox.add_argument("--new-receipt-file", metavar="FILE", help="with --replace: put the new words into this file")
    alone = parser.add_argument_group("an acknowledgement that was kept")
    alone.add_argument("--promise", metavar="FILE", help="hold it against the public record; needs no receipt")
    opening_export.describe(parser.add_argument_group("an exported folder"))
    opening_case.describe(parser.add_argument_group("an exported case"))


def run(arguments: argparse.Namespace) -> int:
    """Open what the place names.

    Returns:
        0 done, 1 where something does not open or hold, 3 where nobody knows what arrived, 4 where the record alarms.
    """
    speak(language_of(arguments))
    try:
        if Path(arguments.place).is_dir():
            return opening_export.run(arguments, language_of(arguments))
        if Path(arguments.place).is_file():
            return opening_case.run(arguments, language_of(arguments))
        return _at_the_door(arguments)
    except UnreachableError as error:
        again = _("Open the mailbox again to see what arrived.")
        say(f"{clean(sentence(error))} {again}")
        return 3
    except FairlineError as error:
        say(clean(sentence(error)))
        return 1


def _at_the_door(arguments: argparse.Namespace) -> int:
    try:
        return _open(arguments) if arguments.promise is None else _promise(arguments)
    except (BatchError, NoteError, ProofError, RecordForkError) as error:
        # What the office shows to everybody is not what it signed: no slip of who asks. What is not out yet may be one
        # of this machine's clock.
        say(clean(sentence(error)))
        return 1 if error.code == "day-missing" else ALARM
    except TerminalError as error:
        if error.code not in {"changed", "office-gone"}:
            raise
        say(clean(sentence(error)))
        return ALARM


def _open(arguments: argparse.Namespace) -> int:
    _require_new(arguments.proof, arguments.new_receipt_file, arguments.filing)
    language = language_of(arguments)
    if arguments.answer == "-" and not here() and arguments.receipt_file in {None, "-"}:
        message = _("The standard input cannot be both receipt and answer: name a file for one of them.")
        raise TerminalError("input", message)
    if arguments.attach and arguments.answer is None:
        raise TerminalError("attach", _("Files go with an answer: add --answer."))
    files = chosen(arguments.attach)
    address = read_address(arguments.place)
    receipt = asked_receipt(arguments.receipt_file, language)
    offices = proven_offices(arguments, address)
    opened = _found(offices, receipt)
    if opened is None:
        others = [office for office in offices if say_changed(office)]
        if others and not arguments.check:
            say(_(NO_MAILBOX))
            return ALARM
        status = _missing(arguments, offices, receipt)
        return ALARM if others else status
    say_who(opened.office, language)
    changed = _changed(arguments, opened.office)
    whole = _show(opened, language)
    saved = arguments.save is None or _save(opened, arguments.save)
    alarm = arguments.filing is not None and opening_filing.run(opened, Path(arguments.filing))
    if arguments.check:
        alarm = _check(arguments, opened) or alarm
    if arguments.answer is not None:
        text = read_text(arguments.answer)
        if files:
            say(_(AS_THEY_ARE))
        attached = attach(opened.office, opened.raw.desk, files)
        promise = answer(opened, text, language, attached)
        arrived = _("Your answer arrived; the office has promised to have it in its public record of %(day)s.")
        say(arrived % {"day": promise.day})
    if arguments.replace:
        _replace(arguments, opened if arguments.answer is None else _again(opened), language)
    return ALARM if alarm or changed else 0 if saved and whole else 1


def _require_new(*names: str | None) -> None:
    for name in names:
        if name is not None:
            require_new(Path(name))


def _changed(arguments: argparse.Namespace, office: Office) -> bool:
    """Whether this office contradicts what was seen of it: what it shows may be read, and nothing is sealed for it."""
    if arguments.answer is not None or arguments.replace:
        require_unchanged(office)
    return say_changed(office)


def _save(opened: Opened, path: Path) -> bool:
    """Write the attachments; return whether all of them are there."""
    say(_(CARE))
    with Folder(path) as folder, opened.office.door.one_line() as line:
        return told(save(folder, attachments(opened.thread), from_mailbox(opened, line)), folder)


def _found(offices: Sequence[Office], receipt: bytes) -> Opened | None:
    """The mailbox at whichever office has it: nobody needs to know which they wrote to."""
    for office in offices:
        mailbox = derive(receipt, office.office)
        try:
            return prove(office, mailbox, receipt, fetch(office, mailbox))
        except DoorRefusedError as error:
            if error.code == "replaced":
                raise TerminalError("replaced", _(REPLACED)) from error
            if error.code != "no-mailbox":
                raise
    return None


def _again(opened: Opened) -> Opened:
    opened.office.renew()
    return prove(opened.office, opened.mailbox, opened.receipt, fetch(opened.office, opened.mailbox))


def _promise(arguments: argparse.Namespace) -> int:
    if arguments.proof is not None:
        require_new(Path(arguments.proof))
    promise = opening_promise.read_promise(arguments.promise)
    offices = proven_offices(arguments, read_address(arguments.place))
    changed = False
    for office in offices:
        if office.office == promise.office:
            say_who(office, language_of(arguments))
            changed = say_changed(office)
    return ALARM if opening_promise.run(promise, offices, arguments.proof) or changed else 0


def _show(opened: Opened, language: str) -> bool:
    """Show the mailbox; return whether all of it holds."""
    arrived = _("Arrived on %(day)s. State: %(state)s.")
    say(f"{arrived % {'day': opened.raw.day, 'state': state_in_words(opened.raw.status)}}\n")
    form: Form | None = None
    if opened.thread.report is not None:
        try:
            form = opened.office.form_of(opened.thread.report.sheet)
        except FairlineError as error:
            say(clean(sentence(error)))
    for line in thread_lines(opened.thread, form, language):
        give(line)
    shown = {(one.chain, one.n) for one in opened.thread.refused}
    for fault in opened.faults:
        if (fault.chain, fault.n) not in shown:
            what = clean(of_code(fault.code, fault.sentence))
            give(_("WRONG (%(place)s): %(what)s") % {"place": f"{fault.chain} {fault.n}", "what": what})
    return not opened.faults and not opened.thread.refused


def _check(arguments: argparse.Namespace, opened: Opened) -> bool:
    """Say what the record says; return whether it alarms."""
    checked = checking.check(opened, _looking)
    for kind, words in STATES.items():
        if number := checked.of(kind):
            say(words(number) % {"n": number})
    broken = checked.proofs()
    if broken:
        _keep_proof(arguments, broken[0])
    if checked.more:
        say(_(MORE) % {"days": ", ".join(sorted({one.day.day for one in checked.more}))})
        if not broken:
            _keep_proof(arguments, checking.missing_proof(opened.office, opened.mailbox.tag, checked.more))
    return bool(broken or checked.more)


def _kept(number: int) -> str:
    return ngettext(
        "%(n)s promise kept: in the public record, where nobody can change it unseen.",
        "%(n)s promises kept: in the public record, where nobody can change them unseen.",
        number,
    )


def _waiting(number: int) -> str:
    return ngettext(
        "%(n)s promise waiting: in the record by tomorrow.",
        "%(n)s promises waiting: in the record by tomorrow.",
        number,
    )


def _overdue(number: int) -> str:
    return ngettext(
        "%(n)s promise OVERDUE: a day of the record that should be out is missing. Look again tomorrow; if it is still "
        "missing, tell somebody outside this office.",
        "%(n)s promises OVERDUE: a day of the record that should be out is missing. Look again tomorrow; if it is "
        "still missing, tell somebody outside this office.",
        number,
    )


def _broken(number: int) -> str:
    return ngettext(
        "ALARM: %(n)s promise BROKEN: the day's record is out and the entry is not in it. The proof holds what the "
        "office itself signed; whoever has it needs nobody's word.",
        "ALARM: %(n)s promises BROKEN: the records of their days are out and the entries are not in them. The proof "
        "holds what the office itself signed; whoever has it needs nobody's word.",
        number,
    )


STATES: Mapping[type[Kept | Waiting | Overdue | Broken], Callable[[int], str]] = {
    Kept: _kept,
    Waiting: _waiting,
    Overdue: _overdue,
    Broken: _broken,
}


def _missing(arguments: argparse.Namespace, offices: Sequence[Office], receipt: bytes) -> int:
    if not arguments.check:
        raise TerminalError("no-mailbox", _(NO_MAILBOX))
    for office in offices:
        tag = derive(receipt, office.office).tag
        found = checking.search(office, tag, _looking)
        if found:
            say(_(GONE) % {"days": ", ".join(sorted({one.day.day for one in found}))})
            _keep_proof(arguments, checking.missing_proof(office, tag, found))
            return ALARM
    say(_(NOTHING))
    return 1


def _keep_proof(arguments: argparse.Namespace, proof: bytes) -> None:
    if arguments.proof is None:
        say(_("Add --proof FILE to keep the proof."))
        return
    keep(Path(arguments.proof), proof)
    kept = _("The proof is in %(file)s. It shows that you have a mailbox here; it opens nothing.")
    say(kept % {"file": arguments.proof})


def _replace(arguments: argparse.Namespace, opened: Opened, language: str) -> None:
    """New words: shown and typed back before the old ones die."""
    receipt = new_receipt()
    manner = manner_of(manner_wanted(arguments), language)
    hand_over(receipt, manner, None if arguments.new_receipt_file is None else Path(arguments.new_receipt_file))
    if here() and not arguments.yes:
        typed_back(receipt, manner)
        if not ask_yes(_("Replace the old words now? They open nothing afterwards.")):
            say(_("Nothing was changed; the old words still open the mailbox."))
            return
    elif not arguments.yes:
        message = _("Nothing was changed: nobody could confirm that the new words are kept. Add --yes.")
        raise TerminalError("receipt", message)
    replace_receipt(opened, receipt)
    say(_("The receipt is replaced. Destroy the note of the old words."))


def _looking(day: str) -> None:
    if here():
        say("  " + _("read %(day)s") % {"day": day})
