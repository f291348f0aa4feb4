"""Reports on their way to another office without anybody's browser: sealed for real, stored as a member's act does.

`python -m support.referring OFFICE THREAD DOOR AT DESK F`: each line that comes puts one on its way and is answered
with its id. In the environment of the office that refers; for tests of the relay only.
"""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

import django

from factories.reporter import manifest_at
from fairline.seal.filing import Filing, compose_report
from fairline.seal.primitives import b64, unb64
from fairline.seal.receipt import new_receipt


def main() -> None:
    """Put one on its way for each line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairline.cli.settings")
    django.setup(set_prefix=False)
    from fairline.core import clock  # noqa: PLC0415 - models exist only after the line above
    from fairline.core.transactions import writing  # noqa: PLC0415
    from fairline.line import parcels  # noqa: PLC0415
    from fairline.line.heads import read_drop  # noqa: PLC0415
    from fairline.referral import services  # noqa: PLC0415
    from fairline.referral.models import Referral  # noqa: PLC0415

    office, thread, at, desk, fingerprint = (unb64(sys.argv[place]) for place in (1, 2, 4, 5, 6))
    door = sys.argv[3]
    manifest = manifest_at(door, at)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for _line in sys.stdin:
        drop = compose_report(manifest, desk, new_receipt(), Filing({"what": "Passed on."}, "en"))
        sealed = services.Sealed(drop.parcel(), read_drop(*parcels.read(drop.parcel())))
        now = clock.now()
        with writing():
            Referral.objects.create(
                id=sealed.drop.id, office=office, thread=thread, peer=fingerprint, host=urlsplit(door).netloc, at=at,
                desk=desk, epoch=drop.epoch, promise_key=manifest.charter.record.promise, content=sealed.drop.content,
                leaf=sealed.leaf, sealed=sealed.parcel, member=bytes(16), filed=now, next_try=now,
            )  # fmt: skip
        services.wake_file().touch(mode=0o600)
        sys.stdout.write(f"{b64(sealed.drop.id)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
