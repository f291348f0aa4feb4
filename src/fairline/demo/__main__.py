"""`python -m fairline.demo`: make the fictional office, once."""

from __future__ import annotations

import sys

from fairline.cli.databases import set_up

if __name__ == "__main__":
    set_up()
    from fairline.demo.making import make  # the rooms' tables exist only after Django is ready

    sys.exit(make())
