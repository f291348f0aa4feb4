"""`python -m fairline.ledger.vectors [folder]`: write every vector file of this room into the folder."""

from __future__ import annotations

import sys
from pathlib import Path

from fairline.ledger.vectors.files import written

if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "vectors")
    for name, text in written().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
