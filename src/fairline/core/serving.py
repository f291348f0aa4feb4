"""How a door's process listens: waitress, with the settings that its limits were measured to need."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

from waitress.server import create_server

from fairline.core import one_length
from fairline.core.limits import BODY_MAX, CHANNEL_SILENCE, CONNECTIONS_MAX, HEADER_MAX, THREADS
from fairline.core.settings_file import Door, SettingsError


def serve(application: Callable[..., Any], door: Door, trusted_proxy: str = "") -> None:
    """Serve ``application`` at the address of ``door`` until a signal ends the process.

    A body that fits is held in memory whole and never touches the disk; a larger one is refused before it is read.

    Raises:
        SettingsError: nobody can listen at that address, most often because another program does.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    one_length.use()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    proxy: dict[str, Any] = {"clear_untrusted_proxy_headers": True}
    if trusted_proxy:
        proxy.update(trusted_proxy=trusted_proxy, trusted_proxy_headers="x-forwarded-proto")
    body = BODY_MAX[door.name]
    try:
        server = create_server(
            application,
            host=door.host,
            port=door.port,
            threads=THREADS,
            connection_limit=CONNECTIONS_MAX,
            # select() ends the process above 1 024 descriptors, and 8 KiB reads cost four times the processor.
            asyncore_use_poll=True,
            recv_bytes=262_144,
            channel_timeout=CHANNEL_SILENCE,
            cleanup_interval=5,
            max_request_header_size=HEADER_MAX,
            max_request_body_size=body,
            inbuf_overflow=body + 65_536,
            outbuf_overflow=32 << 20,
            ident=None,
            expose_tracebacks=False,
            **proxy,
        )
    except OSError as error:
        raise SettingsError(
            f"The {door.name} door cannot listen on {door.host}, port {door.port}: {error.strerror}."
        ) from error
    server.run()
