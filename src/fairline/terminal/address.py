"""The address of a report door as posters and letters print it: `https://host/at/<office>#k=<fingerprint>`."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from fairline.seal.errand import Errand, read_errand
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, unb64
from fairline.terminal.errors import TerminalError
from fairline.terminal.words import gettext as _

AT = "at"


@dataclass(frozen=True)
class Address:
    """Where to report.

    Attributes:
        scheme: http or https.
        host: name or number.
        port: as written, or the scheme's own.
        office: 16-byte id, None where the door's one office is meant.
        fingerprint: F, 32 bytes, where the address brings it.
        ticket: of a test report, 32 bytes.
        errand: of a member who files a test.
    """

    scheme: str
    host: str
    port: int
    office: bytes | None = None
    fingerprint: bytes | None = None
    ticket: bytes | None = field(default=None, repr=False)
    errand: Errand | None = field(default=None, repr=False)

    @property
    def authority(self) -> str:
        """What the door is asked for by name."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"

    @property
    def covered(self) -> bool:
        """Whether nobody on the way can read along which bytes go where: TLS, an onion address or this machine."""
        return self.scheme == "https" or self.host.endswith(".onion") or self.host in {"localhost", "127.0.0.1", "::1"}


def read_address(text: str) -> Address:
    """Read an address as typed or scanned. A language before `/at/`, and what follows the office, do not matter.

    Raises:
        TerminalError: `address`.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        names = [name for name in parts.path.split("/") if name]
        office = unb64(names[names.index(AT) + 1], ID_SIZE) if AT in names else None
        marks = dict(mark.split("=", 1) for mark in parts.fragment.split("&") if mark)
        return Address(
            scheme=parts.scheme,
            host=_host(parts),
            port=port,
            office=office,
            fingerprint=_bytes(marks.get("k")),
            ticket=_bytes(marks.get("test")),
            errand=read_errand(marks["by"]) if "by" in marks else None,
        )
    except (ValueError, KeyError, IndexError, MalformedError) as error:
        message = _("This is not the address of a reporting line, such as https://report.example/at/…#k=…")
        raise TerminalError("address", message) from error


def _host(parts: SplitResult) -> str:
    if parts.hostname is None or parts.username is not None:
        raise ValueError("no host, or somebody's name before it")
    return parts.hostname


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else unb64(text, HASH_SIZE)
