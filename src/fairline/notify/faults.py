"""Why a message could not be handed over: one word that is stored, one sentence for people."""

from __future__ import annotations

import smtplib
import socket
import ssl
from typing import Final

from django.utils.translation import gettext as _


class DeliveryError(Exception):
    """A message could not be handed over. ``word`` is one of those that ``sentence`` knows."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


ORDER: Final = (
    (smtplib.SMTPAuthenticationError, "login"),
    (smtplib.SMTPSenderRefused, "sender"),
    (smtplib.SMTPRecipientsRefused, "recipient"),
    (smtplib.SMTPNotSupportedError, "unsupported"),
    (smtplib.SMTPDataError, "refused"),
    (ssl.SSLError, "certificate"),
    (socket.gaierror, "name"),
    (TimeoutError, "silence"),
    (smtplib.SMTPException, "protocol"),
    (OSError, "connection"),
)


def word_of(error: Exception) -> str:
    """Return the word for what went wrong; nothing that the other side said is kept."""
    if isinstance(error, DeliveryError):
        return error.word
    return next((word for kind, word in ORDER if isinstance(error, kind)), "fault")


def sentence(word: str) -> str:
    """Return what a word means and what to do, in the language of the page; empty for the empty word."""
    if not word:
        return ""
    known = {
        "login": _("The mail server did not take the user name and password that are set for this line."),
        "sender": _("The mail server does not take messages from the address that is set for this line."),
        "recipient": _("The mail server does not take messages to this address. Is it written correctly?"),
        "unsupported": _("The mail server does not do what the settings ask for: an encrypted line, or a login."),
        "refused": _("The mail server refused the message."),
        "certificate": _("The encrypted line could not be trusted: the certificate is not valid for that name."),
        "name": _("The name of the server is not known. Is it written correctly, and does this machine reach the net?"),
        "silence": _("The server did not answer in time."),
        "protocol": _("The mail server broke off, or said something that makes no sense."),
        "connection": _("The server could not be reached."),
        "private": _("The address lies in a private network, and the settings do not allow that."),
        "redirect": _("The server sent us on to another address. We follow none; set the right one."),
        "status": _("The server answered that it did not take the message."),
        "unset": _("This way of sending is not set any more."),
        "killed": _("The program was ended while it was sending; it tries again."),
    }
    return known.get(word) or _("Something failed on our side; the log says what.")
