"""Asking a report door, saying as little as possible: no cookie, no name of a program, no language, no referrer."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING, Self

from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.terminal.dialling import dial, proxy_for
from fairline.terminal.errors import DoorRefusedError, UnreachableError
from fairline.terminal.words import gettext as _

if TYPE_CHECKING:
    import ssl

    from fairline.terminal.address import Address

LONGEST = 64 * 1024 * 1024
ERROR_LIMIT = 64 * 1024
BYTES = "application/octet-stream"
JSON = "application/json"
OK, SERVER_FAULT, NOT_FOUND = 200, 500, 404


class Door:
    """One report door."""

    def __init__(self, address: Address, trusted: ssl.SSLContext | None = None) -> None:
        self.address = address
        self._proxy = proxy_for(address)
        self._trusted = trusted

    def get(self, path: str) -> bytes:
        """Fetch a public file.

        Raises:
            DoorRefusedError: the door said no.
            UnreachableError: nobody answered, or not as a door does.
        """
        return self._ask("GET", path)

    def find(self, path: str) -> bytes | None:
        """Fetch a public file, or None where there is none (404)."""
        try:
            return self.get(path)
        except DoorRefusedError as error:
            if error.status == NOT_FOUND:
                return None
            raise

    def post(self, path: str, body: bytes, kind: str = BYTES) -> bytes:
        """Send bytes and return the answer's; raises as `get`. After `UnreachableError` it may have arrived."""
        return self._ask("POST", path, body, kind)

    def one_line(self) -> Line:
        """A connection for many requests in a row, such as the parts of a file; they can be told to be one person's."""
        return Line(self)

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = BYTES) -> bytes:
        line = self.dialled()
        try:
            return self.exchange(line, (method, path), body, kind, last=True)
        finally:
            line.close()

    def dialled(self) -> http.client.HTTPConnection:
        """A new connection. Raises UnreachableError."""
        line = http.client.HTTPConnection(self.address.host, self.address.port)
        line.sock = dial(self.address, self._proxy, self._trusted)
        return line

    def exchange(
        self, line: http.client.HTTPConnection, asked: tuple[str, str], body: bytes | None, kind: str, *, last: bool
    ) -> bytes:
        """One request and its answer; raises as `get`."""
        try:
            line.putrequest(*asked, skip_host=True, skip_accept_encoding=True)
            line.putheader("Host", self.address.authority)
            if last:
                line.putheader("Connection", "close")
            if body is not None:
                line.putheader("Content-Type", kind)
                line.putheader("Content-Length", str(len(body)))
            line.endheaders(body)
            answer = line.getresponse()
            said = answer.read(LONGEST + 1)
        except (OSError, http.client.HTTPException) as error:
            raise UnreachableError(_("The connection broke off before an answer came.")) from error
        if answer.length:
            # What was announced is not what came; the library says so only where all is read without a limit.
            raise UnreachableError(_("The connection broke off before an answer came."))
        if len(said) > LONGEST or answer.status >= SERVER_FAULT:
            raise UnreachableError(_("The office's server does not answer as it should at the moment."))
        if answer.status != OK:
            # Wherever it sends us, we do not go: the address was typed, and is the one that the person trusts.
            raise _refusal(answer.status, said)
        return said


class Line:
    """One connection, kept for several requests; after a fault the next request dials anew."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._line: http.client.HTTPConnection | None = None

    def __enter__(self) -> Self:
        """Nothing is dialled before the first request."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """Hang up."""
        self._hang_up()

    def post(self, path: str, body: bytes, kind: str = BYTES) -> bytes:
        """As `Door.post`."""
        if self._line is None:
            self._line = self._door.dialled()
        try:
            return self._door.exchange(self._line, ("POST", path), body, kind, last=False)
        except (UnreachableError, DoorRefusedError):
            # A refusal may come before all was sent; what is left of it would be taken for the next request.
            self._hang_up()
            raise

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


def _refusal(status: int, said: bytes) -> DoorRefusedError:
    try:
        fields = jsontext.parse(said, ERROR_LIMIT)
        code, sentence = fields["error"], fields["message"]
        if isinstance(code, str) and isinstance(sentence, str):
            return DoorRefusedError(status, code, sentence, fields)
    except (MalformedError, KeyError, TypeError):
        pass
    return DoorRefusedError(status, "refused", _("The office's server refused this without saying why."))
