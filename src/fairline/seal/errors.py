"""What can go wrong while sealing or opening, as one tree.

Every error has a `code` for machines (the same string in Python and TypeScript, held together by the test
vectors) and a sentence for people. Neither ever contains a secret or a word of what was sealed: an error may
end up in a log.
"""

from __future__ import annotations


class FairlineError(Exception):
    """Anything Fairline refuses on purpose.

    Attributes:
        code: stable machine name, lower case with hyphens, as `docs/formats.md` lists it.
        sentence: one English sentence for people, without secrets.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence

    def diagnostics(self) -> str:
        """The sentence to show to a person."""
        return self.sentence


class SealError(FairlineError):
    """Any refusal of the formats in this room."""


class MalformedError(SealError):
    """The bytes are not in the format they claim to be: broken on the way, or made by something else."""


class CannotOpenError(SealError):
    """Well formed, but none of the keys at hand opens it, or it was altered after sealing."""


class RefusedError(SealError):
    """It opens, but it is not proven: wrong author, wrong place, wrong order, too old or not entitled."""
