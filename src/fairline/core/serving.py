"""How a door's process listens: waitress, with the settings that its limits were measured to need."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable, Collection
from typing import Any, Final

from waitress.server import create_server

from fairline.core import admission, loop, memory
from fairline.core.limits import BODY_MAX, CHANNEL_SILENCE, CONNECTIONS_MAX, HEADER_MAX, THREADS
from fairline.core.settings_file import Door, SettingsError

OTHER_FILES: Final = 256
"""Descriptors that are no connections: databases, logs, files on their way out."""


def serve(
    application: Callable[..., Any], door: Door, trusted_proxy: str = "", heavy_paths: Collection[str] = ()
) -> None:
    """Serve ``application`` at the address of ``door`` until a signal ends the process.

    Raises:
        SettingsError: nobody can listen at that address, most often because another program does.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    memory.keep_freed()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if sys.platform == "linux":
        descriptors = loop.Descriptors()
        loop.run(opened(application, door, descriptors, trusted_proxy, heavy_paths), descriptors)
    else:
        opened(application, door, {}, trusted_proxy, heavy_paths).run()


def opened(
    application: Callable[..., Any],
    door: Door,
    descriptors: dict[int, Any],
    trusted_proxy: str = "",
    heavy_paths: Collection[str] = (),
) -> Any:
    """Return a waitress server that listens at the address of ``door`` and keeps its connections in ``descriptors``.

    A body that fits is held in memory whole and never touches the disk; a larger one is refused before it is read.

    Raises:
        SettingsError: nobody can listen at that address.
    """
    threads = admission.use(heavy_paths)
    threads.set_thread_count(THREADS)
    proxy: dict[str, Any] = {"clear_untrusted_proxy_headers": True}
    if trusted_proxy:
        proxy.update(trusted_proxy=trusted_proxy, trusted_proxy_headers="x-forwarded-proto")
    body = BODY_MAX[door.name]
    try:
        return create_server(
            application,
            map=descriptors,
            host=door.host,
            port=door.port,
            threads=THREADS,
            _dispatcher=threads,
            connection_limit=_connections(),
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


def _connections() -> int:
    """Return how many connections this process may hold, after it has asked the system for as many as we want."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS_MAX + OTHER_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return min(CONNECTIONS_MAX, wanted - OTHER_FILES)
