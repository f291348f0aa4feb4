"""That a reporting person knowingly reported what is false: what a panel is asked, and how each of it answers.

Only a panel says so, and all of it: one answer of no, and good faith stands. Source: `docs/formats.md` §23.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from fairline.seal.errors import RefusedError
from fairline.seal.fields import Fields, whole, wrong_type
from fairline.seal.primitives import SIGNATURE_SIZE, H, b64, sign, verifies
from fairline.seal.roster import Proof, ProvenEntry, proof_json, prove_entry, read_proof

if TYPE_CHECKING:
    from fairline.seal.charter import ProvenCharter

LEAST: Final = 3
"""Of two, one could be talked round by the other; of three nobody knows whose doubt it would have been."""
MOST: Final = 7
EVIDENCE_MOST: Final = 64
CHAINS: Final = ("r", "o", "i")
ENDINGS: Final = ("withdrawn", "good-faith")
ANSWERS: Final = ("yes", "no")


@dataclass(frozen=True)
class Reference:
    """An entry of the case, named so that nobody can put another in its place."""

    chain: str
    n: int
    c: bytes


@dataclass(frozen=True)
class Question:
    """The note's text says what shows that they knew; these entries are the evidence. No question is without one."""

    evidence: tuple[Reference, ...]


@dataclass(frozen=True)
class Ended:
    """It comes to nothing: taken back, or not all of the panel said yes. The note's text says why."""

    how: str


PanelNote = Question | Ended


@dataclass(frozen=True)
class Vote:
    """One member's answer, in what they send back; its text gives the reasons."""

    says: str
    signature: bytes = field(repr=False)


@dataclass(frozen=True)
class Voter:
    """A member of the panel who said yes: their entry, its proof, and the signature. Not proven."""

    entry: bytes
    proof: Proof
    signature: bytes


@dataclass(frozen=True)
class Decision:
    """In a slip: what all of a panel said yes to. Its presence is the finding."""

    about: bytes
    votes: tuple[Voter, ...]


def about_text(text: str) -> bytes:
    """What is voted on: the document that each of the panel reads, word by word the same."""
    return H(b"fairline/1 panel\x00" + text.encode("utf-8"))


def sign_vote(seed: bytes, says: str, thread: bytes, about: bytes) -> Vote:
    """Answer with yes or no; `thread` is the matter that the document names."""
    return Vote(says, sign(seed, "statement", _message(says, thread, about)))


def is_vote(key: bytes, signature: bytes, says: str, thread: bytes, about: bytes) -> bool:
    """Whether the holder of this sign key said so of this matter."""
    return verifies(key, "statement", _message(says, thread, about), signature)


def prove_decision(
    decision: Decision, thread: bytes, charter_of: Callable[[int], ProvenCharter | None], assigned: Collection[bytes]
) -> list[ProvenEntry]:
    """Who decided.

    Args:
        decision: as the closing message has it.
        thread: the report's thread id.
        charter_of: the proven charter of a number.
        assigned: ids of everybody who held this case before, as its handovers name them.

    Raises:
        RefusedError: `roster-proof`, `panel-signature`, `panel-assigned`, `panel-few`.
    """
    found: dict[bytes, ProvenEntry] = {}
    for vote in decision.votes:
        charter = charter_of(vote.proof.charter)
        if charter is None:
            raise RefusedError("roster-proof", "A member of the panel is named by no charter that is proven here.")
        entry = prove_entry(vote.entry, vote.proof, charter)
        if not is_vote(entry.sign, vote.signature, "yes", thread, decision.about):
            raise RefusedError("panel-signature", "A member of the panel has not signed this decision.")
        if entry.id in assigned:
            raise RefusedError("panel-assigned", "Whoever worked on the case does not decide this.")
        found[entry.id] = entry
    if not LEAST <= len(found) == len(decision.votes):
        raise RefusedError("panel-few", "Fewer than three different people have decided this.")
    return list(found.values())


def read_panel_note(value: Any) -> PanelNote:
    """The step in a note.

    Raises:
        MalformedError: `json-type`, for a step of no list or without evidence.
    """
    return whole(value, _note)


def panel_note_json(note: PanelNote) -> dict[str, Any]:
    """The reverse of `read_panel_note`."""
    match note:
        case Question(evidence):
            rows = [{"chain": one.chain, "n": one.n, "c": b64(one.c)} for one in evidence]
            return {"step": "asked", "evidence": rows}
        case Ended(how):
            return {"step": "ended", "how": how}


def read_vote(value: Any) -> Vote:
    """The vote in what a member of a panel sends back."""
    return whole(value, lambda fields: Vote(fields.one("says", ANSWERS), fields.raw("sig", SIGNATURE_SIZE)))


def vote_json(vote: Vote) -> dict[str, Any]:
    """The reverse of `read_vote`."""
    return {"says": vote.says, "sig": b64(vote.signature)}


def read_decision(value: Any) -> Decision:
    """The decision in a slip.

    Raises:
        MalformedError: `json-type`, for fewer votes than a panel has, or more.
    """
    return whole(value, _decision)


def decision_json(decision: Decision) -> dict[str, Any]:
    """The reverse of `read_decision`."""
    votes = [
        {"entry": b64(one.entry), "proof": proof_json(one.proof), "sig": b64(one.signature)} for one in decision.votes
    ]
    return {"about": b64(decision.about), "votes": votes}


def _message(says: str, thread: bytes, about: bytes) -> bytes:
    return f"panel {says}".encode("ascii") + b"\x00" + thread + about


def _note(fields: Fields) -> PanelNote:
    if fields.one("step", ("asked", "ended")) == "ended":
        return Ended(fields.one("how", ENDINGS))
    evidence = fields.list("evidence", lambda value: whole(value, _reference))
    if not 1 <= len(evidence) <= EVIDENCE_MOST:
        raise wrong_type()
    return Question(evidence)


def _reference(fields: Fields) -> Reference:
    return Reference(fields.one("chain", CHAINS), fields.integer("n"), fields.hash("c"))


def _decision(fields: Fields) -> Decision:
    votes = fields.list("votes", lambda value: whole(value, _voter))
    if not LEAST <= len(votes) <= MOST:
        raise wrong_type()
    return Decision(fields.hash("about"), votes)


def _voter(fields: Fields) -> Voter:
    return Voter(fields.raw("entry"), read_proof(fields.value("proof")), fields.raw("sig", SIGNATURE_SIZE))
