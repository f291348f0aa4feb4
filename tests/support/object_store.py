"""An S3 store of the run's own: SeaweedFS, started when a test first asks for it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import obstore
import pytest
from obstore.exceptions import BaseError
from obstore.store import S3Store

from support.postgres import free_port

KEY, SECRET = "fairline", "only-for-tests"
WITHIN = 60.0
VOLUME_MEGABYTES: Final = 64
PORTS = ("master", "volume", "filer", "s3")


class ObjectStore:
    """A running SeaweedFS with one bucket; `settings(prefix)` is what an installation needs to use it."""

    def __init__(self) -> None:
        """Start it and wait until its bucket takes something."""
        self.folder = Path(tempfile.mkdtemp(prefix="fairline-weed-"))
        self.log = self.folder / "log"
        access = self.folder / "s3.json"
        credentials = [{"accessKey": KEY, "secretKey": SECRET}]
        identity = {"name": KEY, "credentials": credentials, "actions": ["Admin", "Read", "Write", "List"]}
        access.write_text(json.dumps({"identities": [identity]}), encoding="ascii")
        ports = {name: free_port() for name in [*PORTS, *(f"{name}.grpc" for name in PORTS)]}
        self.port = ports["s3"]
        words = [
            _weed(), "server", f"-dir={self.folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3",
            f"-s3.config={access}", "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false",
            f"-master.volumeSizeLimitMB={VOLUME_MEGABYTES}", "-master.volumePreallocate=false", "-volume.max=50",
            *(f"-{name.partition('.')[0]}.port{'.grpc' if '.' in name else ''}={port}" for name, port in ports.items()),
        ]  # fmt: skip
        (self.folder / "data").mkdir()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                words, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self._until_it_stores()

    def settings(self, prefix: str) -> dict[str, str]:
        """What an installation is told: its own prefix in the bucket, and the credentials."""
        url = f"s3://fairline/{prefix}?endpoint=http://127.0.0.1:{self.port}&region=us-east-1"
        return {"FAIRLINE_BLOBS": url, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}

    def stop(self) -> None:
        """End it and delete what it kept."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _until_it_stores(self) -> None:
        end = time.monotonic() + WITHIN
        store = S3Store(
            "fairline", endpoint=f"http://127.0.0.1:{self.port}", region="us-east-1", access_key_id=KEY,
            secret_access_key=SECRET, client_options={"allow_http": True}, retry_config={"max_retries": 0},
        )  # fmt: skip
        while True:
            try:
                obstore.put(store, "begun", b"begun")
            except BaseError as error:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"The S3 store does not start: {error}\n{self.log.read_text()}") from error
                time.sleep(0.2)
            else:
                obstore.delete(store, "begun")
                return


def _weed() -> str:
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.exists() else shutil.which("weed")
    if found is None:
        raise RuntimeError("SeaweedFS is missing: bin/set-up --dev installs it.")
    return found


@pytest.fixture(scope="session")
def object_store() -> Iterator[Callable[[], ObjectStore]]:
    """A function that returns the run's S3 store."""
    made: list[ObjectStore] = []

    def get() -> ObjectStore:
        if not made:
            made.append(ObjectStore())
        return made[0]

    yield get
    for store in made:
        store.stop()
