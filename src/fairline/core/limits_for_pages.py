"""`python -m fairline.core.limits_for_pages`: prints ``web/seal/limits.gen.ts``, the limits as the pages know them."""

from __future__ import annotations

from fairline.core.limits import limits


def text() -> str:
    """Return the whole file."""
    lines = ["// Made from src/fairline/core/limits.py by bin/generate: change them there."]
    for name, limit in limits().items():
        lines += [f"/** {limit.unit}: {limit.reason} */", f"export const {name} = {int(limit)};"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(text(), end="")  # noqa: T201 - what is printed is the file
