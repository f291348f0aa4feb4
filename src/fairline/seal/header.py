"""The text header of an age file: recipient stanzas and the MAC over them.

Source: C2SP age specification, "Header". Reading is as strict as the specification: what it would not write
is not read, so that no byte of a header can be changed without being noticed.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fairline.seal.errors import CannotOpenError, MalformedError
from fairline.seal.primitives import mac, same

VERSION_LINE = b"age-encryption.org/v1"
HEADER_LIMIT = 64 * 1024
LINE_LETTERS = 64
LINE_BYTES = 48
MAC_SIZE = 32
FILE_KEY_SIZE = 16

ARGUMENTS = re.compile(rb"-> ([\x21-\x7e]+(?: [\x21-\x7e]+)*)")
END = b"---"


@dataclass(frozen=True)
class Stanza:
    """One recipient's way to the file key.

    Attributes:
        arguments: at least one; the first names the kind.
        body: the wrapped file key.
    """

    arguments: tuple[str, ...]
    body: bytes


@dataclass(frozen=True)
class Header:
    """A header as read.

    Attributes:
        stanzas: at least one.
        signed: the bytes under the MAC, up to and including `---`.
        mac: 32 bytes.
        size: bytes of the whole header, its last line feed included.
    """

    stanzas: tuple[Stanza, ...]
    signed: bytes
    mac: bytes
    size: int


def bare(raw: bytes) -> bytes:
    """Standard base64 without padding, as age headers use it."""
    return base64.b64encode(raw).rstrip(b"=")


def unbare(text: bytes) -> bytes:
    """The bytes of strict unpadded standard base64; `age-header` otherwise."""
    try:
        raw = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise _malformed("base64") from None
    if bare(raw) != text:
        raise _malformed("base64")
    return raw


def parse(file: bytes) -> Header:
    """The header at the start of an age file (or of its first 64 KiB).

    Raises:
        MalformedError: `age-header`.
    """
    lines = _Lines(file[:HEADER_LIMIT])
    if lines.next() != VERSION_LINE:
        raise _malformed("version")
    stanzas: list[Stanza] = []
    while True:
        start = lines.place
        line = lines.next()
        if line.startswith(END):
            break
        match = ARGUMENTS.fullmatch(line)
        if match is None:
            raise _malformed("stanza")
        stanzas.append(Stanza(tuple(match[1].decode("ascii").split(" ")), _body(lines)))
    if not stanzas or not line.startswith(END + b" "):
        raise _malformed("end")
    code = unbare(line.removeprefix(END + b" "))
    if len(code) != MAC_SIZE:
        raise _malformed("MAC")
    return Header(tuple(stanzas), file[: start + len(END)], code, lines.place)


def write(stanzas: tuple[Stanza, ...], file_key: bytes) -> bytes:
    """The header with its MAC, ready to stand before nonce and payload."""
    lines = [VERSION_LINE]
    for stanza in stanzas:
        lines.append(b"-> " + " ".join(stanza.arguments).encode("ascii"))
        text = bare(stanza.body)
        lines += [text[place : place + LINE_LETTERS] for place in range(0, len(text) + 1, LINE_LETTERS)]
    signed = b"\n".join([*lines, END])
    return signed + b" " + bare(mac(_mac_key(file_key), signed)) + b"\n"


def check_mac(header: Header, file_key: bytes) -> None:
    """Raise `CannotOpenError("age-mac")` unless the header is the one that was written with this file key."""
    if not same(mac(_mac_key(file_key), header.signed), header.mac):
        raise CannotOpenError("age-mac", "The first part of a sealed file was altered.")


def _mac_key(file_key: bytes) -> bytes:
    return HKDF(SHA256(), MAC_SIZE, None, b"header").derive(file_key)


def _body(lines: _Lines) -> bytes:
    body = b""
    while True:
        part = unbare(lines.next())
        if len(part) > LINE_BYTES:
            raise _malformed("line length")
        body += part
        if len(part) < LINE_BYTES:
            return body


def _malformed(what: str) -> MalformedError:
    return MalformedError("age-header", f"This is not a sealed file as we write them: {what}.")


class _Lines:
    """Reads line by line; a line ends with a line feed and nothing else."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.place = 0

    def next(self) -> bytes:
        end = self.text.find(b"\n", self.place)
        if end < 0:
            raise _malformed("it ends too early")
        line = self.text[self.place : end]
        self.place = end + 1
        return line
