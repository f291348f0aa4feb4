"""A person answers the form's questions, keeps the words, types two of them back, and comes back with them."""

from __future__ import annotations

import re

from support.colleague import Colleague
from support.installation import Installation
from support.typist import Typist


def answered(typist: Typist) -> list[str]:
    """Answer everything up to the receipt; return its words."""
    typist.reads(r"compare:\n")
    typist.reads(r"works? for this office\? \[y/N\]")
    typist.types("y")
    typist.reads("At which desk do they work")
    number = re.findall(r"(\d)  Integrity desk", typist.reads(r"Number:"))
    typist.types(number[0])
    typist.reads("emergency number 112")
    typist.reads("What did you see or hear")
    typist.types("")
    typist.reads("needs an answer")
    typist.reads("empty line ends it")
    typist.types("He copied the valve plan, gallowglass-77.")
    typist.types("Twice.")
    typist.types("")
    typist.reads("Where was it")
    typist.types("Archive room")
    typist.reads("When was it")
    typist.types("")
    typist.reads("Numbers, with spaces between:")
    typist.types("1 99")
    typist.reads("type a number of the list")
    typist.types("1 2")
    typist.reads("innocent explanation")
    typist.reads("empty line ends it")
    typist.types("")
    typist.reads("comes closest")
    typist.types("")
    typist.reads("How may the desk reach you")
    typist.reads("empty line ends it")
    typist.types("")
    typist.reads("Who must not see the report")
    typist.reads("empty line ends it")
    typist.types("The archivist")
    typist.types("")
    typist.reads(r"rather do without it\? \[y/N\]")
    typist.types("n")
    typist.reads(r"nobody can find it for you:\n\n")
    return typist.reads(r"[a-z ]+\n\n").split()


def type_back(typist: Typist, words: list[str]) -> None:
    for turn in range(2):
        number = re.findall(r"what is word (\d+)\?", typist.reads(r"what is word \d+\?"))[-1]
        if turn == 0:
            typist.types("kaleidoscope")
            typist.reads("That is not what is written above")
            typist.reads(r"what is word \d+\?")
        typist.types(words[int(number) - 1].upper())


def test_the_whole_dialogue(demonstration: Installation) -> None:
    address = demonstration.urls["report"]
    typist = Typist(demonstration, "send", address, "--language", "en")
    words = answered(typist)
    assert len(words) == 12
    type_back(typist, words)
    typist.reads("The report arrived")
    assert typist.ends() == 0

    ilse = Colleague(demonstration, "ilse")
    reports = [ilse.open(row["thread"])[1].report for row in ilse.arrivals()]
    mine = next(one for one in reports if one is not None and "gallowglass-77" in one.answers["what"])
    assert mine.answers["what"] == "He copied the valve plan, gallowglass-77.\nTwice."
    assert mine.answers["where"] == "Archive room"
    assert len(mine.answers["known"].split(" ")) == 2
    assert "when" not in mine.answers
    assert mine.must_not_see == ("The archivist",)

    back = Typist(demonstration, "open", address, "--language", "en")
    back.reads(r"not shown while you type\)")
    back.types(" ".join(words))
    shown = back.reads("gallowglass-77")
    # One of them may be a word of the report, too.
    assert sum(word in shown.split() for word in words) < 3
    assert back.ends() == 0
    assert " ".join(words) not in back.screen


def test_a_receipt_can_be_declined_after_one_sentence_and_what_it_costs_is_asked_twice(
    demonstration: Installation,
) -> None:
    typist = Typist(
        demonstration, "send", demonstration.urls["report"], "--desk", "Integrity desk", "--file", "/dev/stdin",
        "--language", "en",
    )  # fmt: skip
    typist.reads(r"works? for this office\? \[y/N\]")
    typist.types("n")
    typist.reads("Integrity desk")
    typist.types("A text from the terminal.")
    typist.ends_input()
    typist.reads(r"rather do without it\? \[y/N\]")
    typist.types("y")
    typist.reads(r"cannot ask you anything.* Really without\? \[y/N\]")
    typist.types("y")
    typist.reads("The report arrived")
    assert typist.ends() == 0
    assert "Write this down" not in typist.screen
