"""Asking a report door, saying as little as possible: no cookie, no name of a program, no language, no referrer."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

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

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = BYTES) -> bytes:
        line = http.client.HTTPConnection(self.address.host, self.address.port)
        line.sock = dial(self.address, self._proxy, self._trusted)
        try:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            line.putheader("Host", self.address.authority)
            line.putheader("Connection", "close")
            if body is not None:
                line.putheader("Content-Type", kind)
                line.putheader("Content-Length", str(len(body)))
            line.endheaders(body)
            answer = line.getresponse()
            said = answer.read(LONGEST + 1)
        except (OSError, http.client.HTTPException) as error:
            raise UnreachableError(_("The connection broke off before an answer came.")) from error
        finally:
            line.close()
        if answer.length:
            # What was announced is not what came; the library says so only where all is read without a limit.
            raise UnreachableError(_("The connection broke off before an answer came."))
        if len(said) > LONGEST or answer.status >= SERVER_FAULT:
            raise UnreachableError(_("The office's server does not answer as it should at the moment."))
        if answer.status != OK:
            # Wherever it sends us, we do not go: the address was typed, and is the one that the person trusts.
            raise _refusal(answer.status, said)
        return said


def _refusal(status: int, said: bytes) -> DoorRefusedError:
    try:
        fields = jsontext.parse(said, ERROR_LIMIT)
        code, sentence = fields["error"], fields["message"]
        if isinstance(code, str) and isinstance(sentence, str):
            return DoorRefusedError(status, code, sentence, fields)
    except (MalformedError, KeyError, TypeError):
        pass
    return DoorRefusedError(status, "refused", _("The office's server refused this without saying why."))
