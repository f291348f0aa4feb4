"""Reports on their way to another office without anybody's browser: sealed for real, stored as a member's act does.

`python -m support.referring OFFICE THREAD DOOR AT DESK F`: each line that comes puts one on its way and is answered
with its id. In the environment of the office that refers; for tests of the relay only.
"""

from __future__ import annotations

import os
import secrets
import sys
from urllib.parse import urlsplit

import django

from factories.attachments import attached
from factories.reporter import manifest_at
from fairline.seal.filing import Filing, compose_report
from fairline.seal.primitives import H, b64, unb64
from fairline.seal.receipt import new_receipt

FILE = 3 << 20
"""Bytes of the file that goes along with each: two parts."""


def main() -> None:
    """Put one on its way for each line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairline.cli.settings")
    django.setup(set_prefix=False)
    from fairline.core import clock  # noqa: PLC0415 - models exist only after the line above
    from fairline.core.transactions import writing  # noqa: PLC0415
    from fairline.line import parcels  # noqa: PLC0415
    from fairline.line.heads import read_drop  # noqa: PLC0415
    from fairline.referral import services  # noqa: PLC0415
    from fairline.referral.models import Referral, ReferralPart  # noqa: PLC0415

    office, thread, at, desk, fingerprint = (unb64(sys.argv[place]) for place in (1, 2, 4, 5, 6))
    door = sys.argv[3]
    manifest = manifest_at(door, at)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for _line in sys.stdin:
        file = attached(secrets.token_bytes(FILE), "plan.pdf", "application/pdf")
        drop = compose_report(manifest, desk, new_receipt(), Filing({"what": "Passed on."}, "en", files=(file.file,)))
        sealed = services.Sealed(drop.parcel(), read_drop(*parcels.read(drop.parcel())))
        now = clock.now()
        with writing():
            for number, part in enumerate(file.parts):
                head = {"v": 1, "blob": file.blob, "auth": b64(file.auth), "desk": b64(desk), "part": number}
                rows = {"parts": len(file.parts), "files": [{"as": "part", "size": len(part)}]}
                ReferralPart.objects.create(
                    office=office, thread=thread, referral=sealed.drop.id, member=bytes(16), desk=desk,
                    blob=file.file.blob, number=number, parts=len(file.parts), hash=H(part), size=len(part),
                    parcel=parcels.write(head | rows, [part]), day=now.date(),
                )  # fmt: skip
            Referral.objects.create(
                id=sealed.drop.id, office=office, thread=thread, peer=fingerprint, host=urlsplit(door).netloc, at=at,
                desk=desk, epoch=drop.epoch, promise_key=manifest.charter.record.promise, content=sealed.drop.content,
                leaf=sealed.leaf([file.file.hash]), sealed=sealed.parcel, member=bytes(16), filed=now, next_try=now,
            )  # fmt: skip
        services.wake_file().touch(mode=0o600)
        sys.stdout.write(f"{b64(sealed.drop.id)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
