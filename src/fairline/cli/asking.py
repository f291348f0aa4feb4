"""What `fairline send` and `fairline open` have in common: the office behind an address, and its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.cli import seen_before
from fairline.cli.own_clock import own_now
from fairline.seal.primitives import b64
from fairline.seal.words import fingerprint
from fairline.terminal.dialogue import ask, here, say
from fairline.terminal.door import Door
from fairline.terminal.errors import TerminalError
from fairline.terminal.office import offices_behind, text_in
from fairline.terminal.remembering import usual_path
from fairline.terminal.showing import clean
from fairline.terminal.words import gettext as _
from fairline.terminal.words import own_language

if TYPE_CHECKING:
    import argparse

    from fairline.terminal.address import Address
    from fairline.terminal.office import Office


def describe_common(parser: argparse.ArgumentParser) -> None:
    """Declare what both commands take."""
    parser.add_argument(
        "--fingerprint", metavar="TEXT",
        help="the office's fingerprint from a poster: its letters, or the eight words in quotation marks",
    )  # fmt: skip
    parser.add_argument(
        "--language", metavar="TAG", help="language of sentences, questions and words, such as en, zh-Hans, ar"
    )
    parser.add_argument("--words", metavar="LIST", help="list of receipt words, such as english or chinese-simplified")
    parser.add_argument("--digits", action="store_true", help="a receipt of digits instead of words")
    parser.add_argument("--receipt-file", metavar="FILE", help="where the receipt is read from, or put into when new")
    parser.add_argument("--yes", action="store_true", help="ask nothing; for scripts")
    parser.add_argument(
        "--no-trace",
        action="store_true",
        help="neither read nor keep on this machine what was seen of an office before",
    )


def language_of(arguments: argparse.Namespace) -> str:
    """Return the language tag that was asked for, or that this machine speaks, or English."""
    return str(arguments.language) if arguments.language else own_language()


def manner_wanted(arguments: argparse.Namespace) -> str | None:
    """Return how receipts are to be written: a list's name, `digits`, or None for the language's own."""
    return "digits" if arguments.digits else arguments.words


def proven_offices(arguments: argparse.Namespace, address: Address) -> list[Office]:
    """Prove the office of the address; where it names none, every office behind the door.

    Raises:
        FairlineError: the first thing that does not hold; the sentence is for the person.
    """
    given = arguments.fingerprint or (None if address.fingerprint is None else b64(address.fingerprint))
    if not address.covered:
        say(
            _(
                "This address is not encrypted on the way (http). What you write is sealed all the same, but others "
                "can see that you use this line, and could show you another office. Prefer https or an onion address."
            )
        )
    door = Door(address)
    now = own_now()
    wanted = [address.office] if address.office is not None else offices_behind(door)
    if given is not None and len(wanted) > 1:
        message = _("There are several offices behind this address. Use the address on the poster.")
        raise TerminalError("office", message)
    return seen_before.held(door, wanted, now, given, None if arguments.no_trace else usual_path())


def one_office(arguments: argparse.Namespace, address: Address, language: str) -> Office:
    """Return the one office of the address, chosen by the person where there are several.

    Raises:
        TerminalError: `office`, if there is none, or nobody to choose.
    """
    offices = proven_offices(arguments, address)
    if not offices:
        raise TerminalError("office", _("No office is behind this address yet."))
    if len(offices) == 1:
        return offices[0]
    names = [clean(text_in(one.manifest.charter.names, language)) for one in offices]
    if not here() or arguments.yes:
        listed = "".join(f"\n  {b64(one.office)}  {name}" for one, name in zip(offices, names, strict=True))
        message = _("There are several offices; add /at/ and one of these to the address:")
        raise TerminalError("office", message + listed)
    for number, name in enumerate(names, 1):
        say(f"  {number}  {name}")
    while not (typed := ask(_("Which office?"))).isdecimal() or not 0 < int(typed) <= len(names):
        say(_("Please type a number of the list."))
    return offices[int(typed) - 1]


def say_who(office: Office, language: str) -> None:
    """Say which office was proven, and how sure that is."""
    say(_("Office: %(name)s") % {"name": clean(text_in(office.manifest.charter.names, language))})
    if office.pinned:
        say(_("It is the office of the fingerprint that you gave."))
        return
    words = " ".join(fingerprint(office.manifest.F, "english"))
    say(
        _(
            "No fingerprint was given, so the server's word is taken for which office this is. If you have a poster or "
            "a letter of the office, compare:\n  %(words)s\nor give it with --fingerprint."
        )
        % {"words": words}
    )
