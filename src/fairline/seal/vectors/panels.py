"""Vectors of a panel: what it is asked, how each of it answers, and what all of it decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from fairline.seal import bodies, copies, notes, panel
from fairline.seal.closing import Slip
from fairline.seal.primitives import b64, public_key, unb64
from fairline.seal.roster import Roster
from fairline.seal.vectors.cases import Book, FixedBytes, Operations
from fairline.seal.vectors.documents import Chartered
from fairline.seal.vectors.mutations import Shape
from fairline.seal.vectors.office import MadeUpOffice, Person

if TYPE_CHECKING:
    from collections.abc import Sequence

Made = dict[str, list[tuple[str, bytes, Shape]]]


def _prove(given: dict[str, Any]) -> list[str]:
    charter: Any = Chartered(given["charter"], Roster(given["depth"], unb64(given["root"])))
    found = panel.prove_decision(
        panel.read_decision(given["decision"]), unb64(given["thread"]),
        lambda number: charter if number == charter.number else None, [unb64(one) for one in given["assigned"]],
    )  # fmt: skip
    return [b64(one.id) for one in found]


def _vote(given: dict[str, Any]) -> str:
    thread, about = unb64(given["thread"]), unb64(given["about"])
    return b64(panel.sign_vote(unb64(given["seed"]), given["says"], thread, about).signature)


def _is_vote(given: dict[str, Any]) -> bool:
    key, signature, thread, about = (unb64(given[name]) for name in ("key", "sig", "thread", "about"))
    return panel.is_vote(key, signature, given["says"], thread, about)


OPERATIONS: Operations = {
    "about": lambda given: b64(panel.about_text(given["text"])),
    "vote": _vote,
    "is-vote": _is_vote,
    "prove-decision": _prove,
}


def panels() -> Book:
    """`vectors/panel.json`."""
    book = Book("panel", OPERATIONS)
    office = MadeUpOffice("panel")
    people = [office.person(f"Member {n}", "auditor") for n in range(4)]
    office.admit(*people)
    text, thread, amina = "称 What shows it.\n\n٣ entries.", book.random(16), office.amina
    about = unb64(book.add("what is voted on", "H of the document's words", "about", text=text))
    base = {"thread": b64(thread), "about": b64(about)}
    for says in panel.ANSWERS:
        signature = book.add(f"a vote of {says}", "a signature", "vote", seed=b64(amina.sign), says=says, **base)
        for asked in panel.ANSWERS:
            book.add(f"{says} taken as {asked}", "each answer is its own", "is-vote", key=b64(public_key(amina.sign)),
                     sig=signature, says=asked, **base)  # fmt: skip
    _decisions(book, office, people, about, thread)
    return book


def _decisions(book: Book, office: MadeUpOffice, people: Sequence[Person], about: bytes, thread: bytes) -> None:
    def voter(person: Person, says: str = "yes") -> panel.Voter:
        signer = office.signer(person)
        return panel.Voter(signer.entry, signer.proof, panel.sign_vote(person.sign, says, thread, about).signature)

    good = panel.Decision(about, tuple(map(voter, people[:3])))
    handler = office.amina
    base = {"thread": b64(thread), "charter": 2, "depth": office.roster.depth, "root": b64(office.roster.root),
            "assigned": [b64(handler.id)]}  # fmt: skip
    book.add("three", "all of a panel said yes", "prove-decision", decision=panel.decision_json(good), **base)
    four = replace(good, votes=tuple(map(voter, people)))
    book.add("four", "all of a larger one", "prove-decision", decision=panel.decision_json(four), **base)
    for name, code, decision, more in (
        ("one of them said no", "panel-signature",
         replace(good, votes=(*good.votes[:2], voter(people[2], "no"))), {}),
        ("of another report", "panel-signature", good, {"thread": b64(bytes(16))}),
        ("of another document", "panel-signature", replace(good, about=bytes(32)), {}),
        ("one of them three times", "panel-few", replace(good, votes=good.votes[:1] * 3), {}),
        ("one of them held the case", "panel-assigned", replace(good, votes=(*good.votes[:2], voter(handler))), {}),
        ("of no charter that is proven", "roster-proof", good, {"charter": 3}),
        ("of somebody else's entry", "panel-signature", replace(good, votes=(*good.votes[:2], replace(
            good.votes[2], entry=people[3].entry, proof=office.signer(people[3]).proof))), {}),
        ("two", "json-type", replace(good, votes=good.votes[:2]), {}),
    ):  # fmt: skip
        book.add(f"refused: {name}", name, "prove-decision", code, decision=panel.decision_json(decision),
                 **(base | more))  # fmt: skip


def panel_bodies(random: FixedBytes, reply: str) -> Made:
    """What `vectors/bodies.json` has of a panel."""
    office = MadeUpOffice("bodies of a panel")
    voters = tuple(
        panel.Voter(signer.entry, signer.proof, random(64))
        for signer in map(office.signer, (office.amina, office.bruno, office.chiara))
    )
    closed = Slip("unfounded", "tampering", panel=panel.Decision(random(32), voters))
    message = bodies.Message("So it ends.", "en", closing=closed)
    asked = panel.Question((panel.Reference("r", 0, random(32)), panel.Reference("i", 3, random(32))))
    given = copies.Given("For a panel", "Words.", "en", "decision", date(2027, 3, 1), 0, reply, random(16))
    vote = panel.Vote("no", random(64))
    some = frozenset({"panel"})
    return {
        "message o": [("closing by a panel", bodies.write_message(message), Shape(
            frozenset({"closing", "panel"}), only=frozenset({"panel", "about", "votes", "entry", "sig"})))],
        "note": [
            ("a panel is asked", notes.write_note(notes.Note("Why.", "en", panel=asked)),
             Shape(some, only=frozenset({"panel", "step", "evidence", "chain", "n", "c"}))),
            ("a panel has ended", notes.write_note(notes.Note("Why.", "en", panel=panel.Ended("good-faith"))),
             Shape(some, only=frozenset({"panel", "how"})))],
        "copy": [("for a panel", copies.write_given(given), Shape(only=frozenset({"purpose"})))],
        "copy answer": [("a vote", copies.write_answer(copies.Answer("Why.", "en", random(32), vote)), Shape(
            frozenset({"vote"}), only=frozenset({"vote", "says", "sig"})))],
    }  # fmt: skip


def refused_bodies(made: Made) -> list[tuple[str, str, str, bytes]]:
    """Name, code, kind and body of what is refused of them."""
    [(_, closing, _)], [(_, asked, _), (_, ended, _)] = made["message o"], made["note"]
    [(_, document, _)], [(_, vote, _)] = made["copy"], made["copy answer"]
    return [
        ("a panel beside another outcome", "json-type", "message o", closing.replace(b'"unfounded"', b'"resolved"')),
        ("a panel's slip of the reporting person", "json-unknown", "message r", closing),
        ("an ending that is in no list", "json-type", "note", ended.replace(b"good-faith", b"guilty")),
        ("evidence on no chain", "json-type", "note", asked.replace(b'"chain":"i"', b'"chain":"k"')),
        ("a panel that does not know of what", "json-type", "copy", document[: document.rindex(b",")] + b"}"),
        ("a matter for a translator", "json-type", "copy", document.replace(b'"decision"', b'"translation"')),
        ("a vote of neither", "json-type", "copy answer", vote.replace(b'"no"', b'"perhaps"')),
    ]
