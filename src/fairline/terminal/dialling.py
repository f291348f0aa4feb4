"""A connection to a door: straight, through an HTTP proxy, or through SOCKS 5 such as Tor's.

The proxy is told the host's name and looks it up itself: a lookup of our own would tell everybody on the way which
line is being used. Sources: RFC 1928, RFC 1929 (SOCKS 5); RFC 9110 section 9.3.6 (CONNECT).
"""

from __future__ import annotations

import secrets
import socket
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies_environment

from fairline.terminal.errors import TerminalError, UnreachableError
from fairline.terminal.words import gettext as _

if TYPE_CHECKING:
    from fairline.terminal.address import Address

PATIENCE = 60.0
"""Seconds of silence; a circuit through Tor may need half of them."""
SOCKS = {"socks", "socks5", "socks5h"}
VERSION, NO_PROOF, BY_NAME, CONNECT, DOMAIN = 5, 0, 2, 1, 3
REST_OF_ADDRESS = {1: 6, 4: 18}
"""Bytes of address and port that follow in an answer, by its kind of address."""
CONNECT_ANSWER = 16 * 1024


@dataclass(frozen=True)
class Proxy:
    """Through whom to go."""

    kind: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def proxy_for(address: Address) -> Proxy | None:
    """The proxy that the environment names for this address: `ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`.

    Raises:
        TerminalError: `proxy`, if it is of a kind that we do not speak; `onion`, if an onion address has none.
    """
    named = getproxies_environment()
    text = named.get(address.scheme) or named.get("all")
    if text is None or _spared(address.host, named.get("no", "")):
        if address.host.endswith(".onion"):
            message = _(
                "An onion address is reached through Tor: set ALL_PROXY=socks5h://127.0.0.1:9050 and try again."
            )
            raise TerminalError("onion", message)
        return None
    parts = urlsplit(text if "://" in text else f"http://{text}")
    if (parts.scheme not in SOCKS and parts.scheme != "http") or parts.hostname is None:
        raise TerminalError("proxy", _("The environment names a proxy that is neither http:// nor socks5h://."))
    port = parts.port or (1080 if parts.scheme in SOCKS else 80)
    kind = "socks" if parts.scheme in SOCKS else "http"
    return Proxy(kind, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))


def dial(address: Address, proxy: Proxy | None, trusted: ssl.SSLContext | None = None) -> socket.socket:
    """A connected socket, with TLS where the address says so.

    Args:
        address: whom to reach.
        proxy: through whom.
        trusted: whose certificates to accept; by default those that the machine trusts.

    Raises:
        UnreachableError: nobody answers, the proxy refuses, or the certificate is not for this name.
    """
    reached = (address.host, address.port) if proxy is None else (proxy.host, proxy.port)
    try:
        line = socket.create_connection(reached, PATIENCE)
    except OSError as error:
        raise UnreachableError(_unreached(address, proxy)) from error
    try:
        if proxy is not None and proxy.kind == "socks":
            _through_socks(line, address, proxy)
        elif proxy is not None:
            _through_http(line, address)
        if address.scheme == "https":
            context = trusted or ssl.create_default_context()
            return context.wrap_socket(line, server_hostname=address.host)
    except ssl.SSLCertVerificationError as error:
        line.close()
        message = _("The server could not show that it is the one of this address.")
        raise TerminalError("certificate", message) from error
    except OSError as error:
        line.close()
        raise UnreachableError(_unreached(address, proxy)) from error
    except UnreachableError:
        line.close()
        raise
    return line


def _spared(host: str, named: str) -> bool:
    """Whether `NO_PROXY` names the host or a domain that it is in."""
    names = [name.strip().lstrip(".").lower() for name in named.split(",") if name.strip()]
    return any(name in {"*", host} or host.endswith(f".{name}") for name in names)


def _through_socks(line: socket.socket, address: Address, proxy: Proxy) -> None:
    line.sendall(bytes((VERSION, 2, NO_PROOF, BY_NAME)))
    version, method = _exactly(line, 2)
    if version != VERSION or method not in {NO_PROOF, BY_NAME}:
        raise UnreachableError(_("The proxy does not speak SOCKS 5."))
    if method == BY_NAME:
        # Tor takes any name and gives each its own circuit, so that two errands cannot be told to be one person's.
        user = (proxy.user or secrets.token_hex(8)).encode()
        password = (proxy.password or secrets.token_hex(8)).encode()
        line.sendall(b"\x01" + bytes((len(user),)) + user + bytes((len(password),)) + password)
        if _exactly(line, 2)[1] != 0:
            raise UnreachableError(_("The proxy refused the name and password of the environment."))
    name = address.host.encode("idna")
    line.sendall(bytes((VERSION, CONNECT, 0, DOMAIN, len(name))) + name + address.port.to_bytes(2, "big"))
    _version, answer, _zero, kind = _exactly(line, 4)
    if answer != 0:
        raise UnreachableError(_("The proxy cannot reach this address at the moment."))
    _exactly(line, REST_OF_ADDRESS[kind] if kind in REST_OF_ADDRESS else _exactly(line, 1)[0] + 2)


def _through_http(line: socket.socket, address: Address) -> None:
    host = f"[{address.host}]" if ":" in address.host else address.host
    line.sendall(f"CONNECT {host}:{address.port} HTTP/1.1\r\nHost: {host}:{address.port}\r\n\r\n".encode("ascii"))
    said = b""
    while b"\r\n\r\n" not in said:
        part = line.recv(1) if len(said) < CONNECT_ANSWER else b""
        if not part:
            raise UnreachableError(_("The proxy did not answer as proxies do."))
        said += part
    if said.split(b" ")[1:2] != [b"200"]:
        raise UnreachableError(_("The proxy cannot reach this address at the moment."))


def _exactly(line: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        part = line.recv(size - len(found))
        if not part:
            raise UnreachableError(_("The proxy hung up."))
        found += part
    return found


def _unreached(address: Address, proxy: Proxy | None) -> str:
    if proxy is not None:
        way = {"proxy": f"{proxy.host}:{proxy.port}", "host": address.host}
        return _("The way through the proxy %(proxy)s to %(host)s is not open at the moment.") % way
    return _("There is no connection to %(host)s at the moment.") % {"host": address.host}
