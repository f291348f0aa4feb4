"""`fairline send ADDRESS`: seals a report on this machine and hands it in, loading no code from the server."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fairline.cli.asking import describe_common, language_of, manner_wanted, one_office, say_who
from fairline.cli.seen_before import require_unchanged
from fairline.seal.errors import FairlineError
from fairline.seal.filing import Drop, Filing, compose_report
from fairline.seal.primitives import HASH_SIZE, b64, unb64
from fairline.seal.receipt import derive, new_receipt
from fairline.seal.statement import prove_statement
from fairline.terminal import forms
from fairline.terminal.address import read_address
from fairline.terminal.answering import written_promise
from fairline.terminal.attaching import AS_THEY_ARE, attach, chosen, discard
from fairline.terminal.dialogue import ask_lines, ask_yes, choose, here, say
from fairline.terminal.errors import DoorRefusedError, TerminalError, UnreachableError
from fairline.terminal.files import STDIN, keep, read_text, require_new
from fairline.terminal.office import named, text_in
from fairline.terminal.receipts import hand_over, manner_of, typed_back
from fairline.terminal.sending import hand_in
from fairline.terminal.sentences import sentence
from fairline.terminal.showing import clean
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop, speak

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from fairline.ledger.promises import Promise
    from fairline.seal.envelope import FileName
    from fairline.seal.form import Form
    from fairline.seal.statement import Statement
    from fairline.terminal.address import Address
    from fairline.terminal.attaching import Chosen
    from fairline.terminal.office import Office, OwnDesk

UNKNOWN = 3
"""Exit status where nobody knows whether the report arrived; opening the mailbox tells."""
NOT_KEPT = gettext_noop(
    "Nothing was sent: nobody could confirm that the receipt is kept. Add --yes (the receipt goes to the standard "
    "output, or into --receipt-file), or --no-receipt to do without an answer."
)
NO_OBJECT = gettext_noop("The answers are not a JSON object of texts by question.")
DECLINED = gettext_noop(
    "Without a receipt the office cannot ask you anything, you cannot add anything, and nobody can show you later what "
    "became of it."
)
NO_STATEMENT = gettext_noop(
    "The member's statement that came with the link does not hold here any more, so a test would arrive as a report. "
    "Please make a new link in your workbench. Nothing was sent."
)
HOLDING = gettext_noop(
    "Whoever finds this file with you can see that you wrote to this office on that day, though not what."
)


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("address", help="of the report door, best as the poster prints it: https://…/at/…#k=…")
    describe_common(parser)
    parser.add_argument("--desk", metavar="NAME", help="the desk that shall read it, by name or id")
    parser.add_argument("--about", metavar="DESK", help="it concerns somebody who works at this desk of the office")
    parser.add_argument("--file", metavar="FILE", help="the report as a text (- reads the standard input)")
    parser.add_argument("--answers", metavar="FILE", help="answers by question as JSON, instead of --file")
    parser.add_argument(
        "--attach", action="append", default=[], metavar="FILE", help="a file to send, up to 4 GiB; may be repeated"
    )
    parser.add_argument("--no-receipt", action="store_true", help="decline the receipt: no answer can ever be read")
    parser.add_argument("--promise-file", metavar="FILE", help="keep the office's promise in this new file")
    parser.add_argument("--test-ticket", metavar="TICKET", help="of a member who tries a closed desk")


def run(arguments: argparse.Namespace) -> int:
    """Send one report; return 0 if it was promised, 1 if it was not sent, 3 if nobody knows."""
    speak(language_of(arguments))
    try:
        return _send(arguments)
    except FairlineError as error:
        say(clean(sentence(error)))
        return 1


def _send(arguments: argparse.Namespace) -> int:
    if not (here() or arguments.yes or arguments.no_receipt):
        raise TerminalError("receipt", _(NOT_KEPT))
    for name in (arguments.promise_file, arguments.receipt_file):
        if name is not None:
            require_new(Path(name))
    files = chosen(arguments.attach)
    address = read_address(arguments.address)
    ticket = address.ticket if arguments.test_ticket is None else unb64(arguments.test_ticket, HASH_SIZE)
    language = language_of(arguments)
    office = one_office(arguments, address, language)
    say_who(office, language)
    require_unchanged(office)
    desk = _desk(arguments, office, language, closed=ticket is not None)
    profile = office.profile(desk.sheet)
    say(f"\n{clean(text_in(profile['emergency'], language))}")
    readers = _("At first everyone at this desk can read the whole report: %(desk)s.")
    say(f"\n{readers % {'desk': _name(desk, language)}}\n")
    answers, contact, must_not_see = _said(arguments, office.form(desk.sheet), language)
    receipt, statement = _whose(address, office)
    declined = arguments.no_receipt or not _kept(arguments, receipt, language)
    if declined:
        say(_(DECLINED))
    attached = _attached(office, desk, files)
    filing = Filing(answers, language, contact=contact, must_not_see=must_not_see, answerable=not declined,
                    statement=statement, ticket=None if desk.sheet.open else ticket, files=attached)  # fmt: skip
    try:
        promise = _handed_in(office, desk, receipt, filing)
    except UnreachableError as error:
        unknown = _("Nobody knows whether the report arrived: `fairline open` with the receipt tells.")
        say(f"{clean(sentence(error))} {unknown}")
        return UNKNOWN
    except BaseException:
        # It was refused, or given up: what was sent ahead would lie there for a week and take up room.
        discard(office, attached)
        raise
    arrived = _("The report arrived. The office has promised to have it in its public record of %(day)s.")
    say(f"\n{arrived % {'day': promise.day}}")
    if not declined:
        say(_("Come back with `fairline open` and the receipt, from tomorrow on also with --check."))
    if arguments.promise_file is not None:
        keep(Path(arguments.promise_file), written_promise(promise))
        where = _("The promise is in %(file)s.") % {"file": arguments.promise_file}
        say(f"{where} {_(HOLDING)}")
    return 0


def _whose(address: Address, office: Office) -> tuple[bytes, Statement | None]:
    """The receipt of this report: a fresh one, or the one that came in a member's link with their signed statement.

    Raises:
        TerminalError: `errand`, where the statement would not hold: nobody shall read a test as somebody's report.
    """
    errand = address.errand
    if errand is None:
        return new_receipt(), None
    mailbox = derive(errand.receipt, office.office)
    try:
        prove_statement(errand.statement, office.manifest.charter, mailbox.id, mailbox.sign_public)
    except FairlineError as error:
        raise TerminalError("errand", _(NO_STATEMENT)) from error
    return errand.receipt, errand.statement


def _attached(office: Office, desk: OwnDesk, files: Sequence[Chosen]) -> tuple[FileName, ...]:
    """Send the files first. Where there is no room for them the text still goes, if the person says so."""
    if not files:
        return ()
    say(_(AS_THEY_ARE))
    try:
        return attach(office, desk.desk.id, files)
    except DoorRefusedError as error:
        if error.code != "no-room":
            raise
        without = _("Send the report without files now? Keep them: they can follow in a message.")
        if not here() or not ask_yes(f"{clean(sentence(error))} {without}"):
            raise
        return ()


def _handed_in(office: Office, desk: OwnDesk, receipt: bytes, filing: Filing) -> Promise:
    """Seal and send; once more to a new key of the desk, if the person agrees to the reason that its lead wrote."""
    drop = compose_report(office.manifest, desk.desk.id, receipt, filing)
    try:
        return _sent(office, drop)
    except DoorRefusedError as error:
        if error.code != "epoch":
            raise
    office.renew()
    sheet = office.manifest.sheet(desk.desk.id)
    reason = "" if sheet is None else clean(sheet.reason)
    say(_("The desk has a new key since a moment ago. The reason it gives: %(reason)s") % {"reason": reason})
    if here() and not ask_yes(_("Seal the report to the new key and send it?")):
        raise TerminalError("epoch", _("Nothing was sent."))
    return _sent(office, compose_report(office.manifest, desk.desk.id, receipt, filing))


def _sent(office: Office, drop: Drop) -> Promise:
    came: list[bytes] = []
    while True:
        try:
            return hand_in(office, "drop", drop.parcel(), drop.post.leaf or b"", came=came.append)
        except UnreachableError as error:
            # What was written is only in this process: a person may wait for the connection as long as they like.
            again = _("Nothing is lost yet. Try once more?")
            if not here() or not ask_yes(f"{sentence(error)} {again}"):
                raise
        except FairlineError as error:
            if not came:
                raise
            # What came back is no promise, as from a network that wants a sign-in first: it may have arrived.
            raise UnreachableError(sentence(error)) from error


def _desk(arguments: argparse.Namespace, office: Office, language: str, *, closed: bool) -> OwnDesk:
    """Who shall read it; about somebody who works here only desks that are independent of them."""
    desks = office.desks()
    about = None if arguments.about is None else named(desks, arguments.about)
    if (
        about is None
        and here()
        and not arguments.yes
        and ask_yes(_("Does it concern somebody who works for this office?"))
    ):
        about = _chosen(_("At which desk do they work?"), desks, language)
    offered = desks if about is None else office.independent_of(about.desk.id)
    offered = [one for one in offered if one.sheet.open or closed]
    if not offered:
        raise TerminalError("desk", _nobody(office, about, language))
    if arguments.desk is not None:
        return named(offered, arguments.desk)
    if len(offered) == 1:
        return offered[0]
    if not here() or arguments.yes:
        listed = "".join(f"\n  {b64(one.desk.id)}  {_name(one, language)}" for one in offered)
        raise TerminalError("desk", _("Several desks take reports; name one with --desk:") + listed)
    return _chosen(_("Which desk shall read it?"), offered, language)


def _chosen(question: str, desks: Sequence[OwnDesk], language: str) -> OwnDesk:
    while not (places := choose(question, [_name(one, language) for one in desks])):
        say(_("Please choose one."))
    return desks[places[0]]


def _nobody(office: Office, about: OwnDesk | None, language: str) -> str:
    if about is None:
        return _("No desk takes reports at present. Please use another way to reach the office.")
    complaints = clean(text_in(office.profile(about.sheet)["complaints"], language))
    nobody = _(
        "No desk here is independent of those people; they could read it. Complain outside this office: %(where)s"
    )
    return nobody % {"where": complaints}


def _name(one: OwnDesk, language: str) -> str:
    return clean(text_in(one.desk.names, language))


def _said(
    arguments: argparse.Namespace, form: Form, language: str
) -> tuple[dict[str, str], str | None, tuple[str, ...]]:
    """Answers, a way to reach the person, and who must not see it: from files, else asked one by one."""
    if arguments.answers is not None:
        try:
            given = json.loads(read_text(arguments.answers))
        except ValueError as error:
            raise TerminalError("answers", _(NO_OBJECT)) from error
        if not isinstance(given, dict):
            raise TerminalError("answers", _(NO_OBJECT))
        return forms.checked(form, given), None, ()
    if arguments.file is not None or not sys.stdin.isatty():
        return forms.checked(form, {forms.FIRST: read_text(arguments.file or STDIN)}), None, ()
    answers = forms.asked(form, language, {})
    say()
    contact = ask_lines(_("How may the desk reach you outside this line? Everyone who reads the report sees it."))
    say()
    must_not_see = ask_lines(_("Who must not see the report? One name or function on each line."))
    return answers, contact.strip() or None, tuple(line for line in must_not_see.split("\n") if line.strip())


def _kept(arguments: argparse.Namespace, receipt: bytes, language: str) -> bool:
    """Show the receipt and have it typed back. In a script whoever wrote it answers for keeping the output."""
    manner = manner_of(manner_wanted(arguments), language)
    if here() and not arguments.yes:
        say()
        say(_("Now the receipt. It opens the office's answers, and nothing else does."))
        really = " ".join((_(DECLINED), _("Really without?")))
        if ask_yes(_("Would you rather do without it?")) and ask_yes(really):
            return False
    hand_over(receipt, manner, None if arguments.receipt_file is None else Path(arguments.receipt_file))
    if here() and not arguments.yes:
        typed_back(receipt, manner)
    return True
