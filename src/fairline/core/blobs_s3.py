"""Blobs in S3 or any store that obstore speaks to; an answered PUT is on the disks of that store by its contract."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, S3Store

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

from fairline.core.blobs import relative_name

CONNECT: Final = timedelta(seconds=3)
PATIENCE: Final = timedelta(seconds=10)
RETRIES: Final = 2
"""A store that hangs must not hold the threads that take reports: senders try again by themselves."""
AT_ONCE: Final = 1000
"""As many keys does S3 take in one request for deletion."""


def from_url(url: str) -> S3Blobs:
    """Return the store at ``s3://bucket/prefix?endpoint=https://…&region=…``; credentials come from AWS_… variables."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    client: ClientConfig = {"connect_timeout": CONNECT, "timeout": PATIENCE}
    if options.get("endpoint", "").startswith("http://"):
        client["allow_http"] = True
    retry: RetryConfig = {"max_retries": RETRIES, "retry_timeout": PATIENCE}
    store = S3Store(
        parts.netloc, prefix=parts.path.strip("/") or None, client_options=client, retry_config=retry, **options
    )
    return S3Blobs(store)


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """Tell a store that does not answer as the folder store would; what is not there stays what it is."""
    try:
        yield
    except BaseError as error:
        raise OSError(errno.EIO, "the store of files does not answer") from error


class S3Blobs:
    """Blobs as objects. The day is not kept: the store stamps the time of arrival itself, as any S3 does."""

    def __init__(self, store: ObjectStore) -> None:
        """Use ``store``."""
        self.store = store

    def put(self, office: bytes, key: bytes, content: bytes | memoryview, day: date) -> None:  # noqa: ARG002 - see the class
        """Store ``content`` under ``key``."""
        with _as_os_errors():
            obstore.put(self.store, relative_name(office, key), bytes(content))

    def get(self, office: bytes, key: bytes) -> bytes:
        """Return the whole object. Raises KeyError if there is none."""
        try:
            with _as_os_errors():
                return bytes(obstore.get(self.store, relative_name(office, key)).bytes())
        except FileNotFoundError:
            raise KeyError(key) from None

    def get_range(self, office: bytes, key: bytes, start: int, end: int) -> bytes:
        """Return a part of the object. Raises KeyError if there is none."""
        name = relative_name(office, key)
        try:
            size = obstore.head(self.store, name)["size"]
            end = min(end, size)
            return b"" if start >= end else bytes(obstore.get_range(self.store, name, start=start, end=end))
        except FileNotFoundError:
            raise KeyError(key) from None

    def delete(self, office: bytes, key: bytes) -> None:
        """Remove the object."""
        try:
            with _as_os_errors():
                obstore.delete(self.store, relative_name(office, key))
        except FileNotFoundError:
            return

    def delete_all(self, office: bytes, keys: Sequence[bytes]) -> None:
        """Remove the objects, many in one request."""
        for at in range(0, len(keys), AT_ONCE):
            names = [relative_name(office, key) for key in keys[at : at + AT_ONCE]]
            try:
                with _as_os_errors():
                    obstore.delete(self.store, names)
            except FileNotFoundError:
                # Some stores say so for the first that is missing and leave the rest.
                for key in keys[at : at + AT_ONCE]:
                    self.delete(office, key)

    def tidy(self, office: bytes, before: date) -> int:  # noqa: ARG002 - the store's own: an object is there whole or not
        """Nothing to do: an object is there whole or not at all."""
        return 0

    def keys(self, office: bytes) -> Iterator[bytes]:
        """Yield the keys of the office."""
        for batch in obstore.list(self.store, prefix=f"{office.hex()}/"):
            for entry in batch:
                yield bytes.fromhex(entry["path"].rpartition("/")[2])
