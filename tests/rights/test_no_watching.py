"""Rights 3, 5, 8, 9, 10, 11, 12 and 13: addresses and columns that would make Fairline an instrument of watching."""

from __future__ import annotations

import pytest

from rights import surface

# A report, its mailbox and messages; one file of one report, part by part; the draft of one person.
INTAKE = {
    f"POST at/<id16:office>/{name}"
    for name in ("drop", "mailbox", "mailbox/part", "mailbox/answer", "mailbox/look-again", "post", "blobs/part",
                 "blobs/state", "blobs/removal", "own", "own/read", "own/removal")
}  # fmt: skip
# What the line and the workbench keep of a report in clear: ids, days, counts, states, hashes, signatures.
CLEAR_KINDS = {
    "BytesField", "KeyField", "DateField", "DateTimeField", "BooleanField", "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "PositiveBigIntegerField", "BigIntegerField", "NumberKeyField",
    "CharField", "ForeignKey", "CompositePrimaryKey", "BigAutoField", "AutoField",
}  # fmt: skip
SHORT_WORDS = {
    "line.Thread.status", "line.Post.chain", "line.Blob.chain", "line.SealedFile.chain", "line.SealedFile.kind",
    "line.Erasure.reason", "cases.Case.alarm", "cases.Slip.outcome", "cases.Slip.concern",
    "cases.Index.kind", "cases.Declaration.kind", "cases.ReadMark.chain",
    "cases.Doing.what", "cases.Doing.chain", "cases.AsideBatch.reason",
    "line.Answers.question", "line.Answers.answer",
    *(f"cases.Counted.{name}" for name in (
        "law", "concern", "outcome", "took", "acknowledged", "read", "answered", "extended", "closing", "currency")),
    "cases.ClockEvent.action", "cases.ClockEvent.what", "cases.ClockEvent.reason",
    "cases.Hold.reason", "cases.DeletedThread.kind", "cases.DeletedThread.outcome",
    "cases.HearingStep.step", "cases.HearingStep.reason",
}  # fmt: skip


def test_reports_come_one_by_one_from_a_person_and_no_other_way():
    posts = {address for address in surface.addresses("report") if address.startswith(("POST", "PUT", "DELETE"))}
    assert posts == INTAKE
    assert not surface.holding(r"import|bulk|feed-in|upload-many|camera|device|telecom|face|voice", surface.addresses())


def test_nothing_of_a_report_is_stored_in_words():
    columns = surface.columns("line", "cases")
    assert len(columns) > 30
    assert set(columns.values()) <= CLEAR_KINDS
    assert {name for name, kind in columns.items() if kind == "CharField"} == SHORT_WORDS


def test_no_index_of_persons_and_no_search_over_them():
    assert not surface.holding(r"search|person|subject|suspect|watch|link-?graph|repeat", surface.addresses())
    columns = surface.columns("line", "cases", "ledger")
    assert not surface.holding(r"person|subject|suspect|watch|alias_of|repeat", columns)


def test_no_column_of_the_report_door_could_tell_a_device_an_address_or_an_hour():
    columns = surface.columns("line")
    assert not surface.holding(r"\bip\b|addr|agent|referr|device|browser|cookie|fingerprint", columns)
    assert "DateTimeField" not in columns.values()
    assert "TimeField" not in columns.values()


@pytest.mark.parametrize("thing", ["quota|target|leaderboard|streak|points|badge", "bounty|campaign-to-report|wanted",
                                   "export-to|marketing|immigration|credit"])  # fmt: skip
def test_what_fairline_refuses_has_no_address_and_no_column(thing):
    assert not surface.holding(thing, surface.addresses())
    assert not surface.holding(thing, surface.columns())


def test_everything_the_public_door_answers_is_known_and_none_of_it_is_a_report():
    gets = surface.addresses("public")
    assert gets
    assert {address.partition(" ")[0] for address in gets} == {"GET"}
    assert not surface.holding(r"thread|mailbox|drop|post|member|sign", gets)


def test_words_are_the_fields_own_and_never_the_hunters():
    avoided = (
        r"\b(informants?|snitch\w*|denounc\w*|denunciation|tip-?offs?|suspects?|culprits?|offenders?|bount(y|ies)|"
        r"unmask\w*|deanonymi[sz]\w*|untraceable|raids?|watch ?lists?|leaderboards?|streaks?|intel)\b"
    )
    words = surface.words()
    assert len(words) > 300
    assert not surface.holding(avoided, words)


def test_nobody_is_told_that_they_must_report():
    duty = r"(you|citizens?|everyone|people) (must|have to|are obliged to|are required to) (report|inform)"
    assert not surface.holding(duty, surface.words())
