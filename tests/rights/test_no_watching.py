"""Rights 3, 5, 8, 9, 10, 11, 12 and 13: addresses and columns that would make Fairline an instrument of watching."""

from __future__ import annotations

import pytest
from django.apps import apps

from rights import surface

# A report, its mailbox and messages; one file of one report, part by part; the draft of one person.
INTAKE = {
    f"POST at/<id16:office>/{name}"
    for name in ("drop", "mailbox", "mailbox/part", "mailbox/answer", "mailbox/look-again", "post", "blobs/part",
                 "blobs/state", "blobs/removal", "own", "own/read", "own/removal")
}  # fmt: skip
# What any room keeps of a report in clear: ids, days, counts, states, hashes, signatures.
CLEAR_KINDS = {
    "BytesField", "KeyField", "DateField", "DateTimeField", "BooleanField", "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "PositiveBigIntegerField", "BigIntegerField", "NumberKeyField",
    "CharField", "ForeignKey", "CompositePrimaryKey", "BigAutoField", "AutoField",
}  # fmt: skip
SHORT_WORDS = {
    "line.Thread.status", "line.Post.chain", "line.Blob.chain", "line.SealedFile.chain", "line.SealedFile.kind",
    "line.Erasure.reason", "names.Answer.reason", "cases.Case.alarm", "cases.Slip.outcome", "cases.Slip.concern",
    "cases.Index.kind", "cases.Declaration.kind", "cases.ReadMark.chain",
    "cases.Doing.what", "cases.Doing.chain", "cases.AsideBatch.reason",
    "line.Answers.question", "line.Answers.answer",
    *(f"cases.Counted.{name}" for name in (
        "law", "concern", "outcome", "took", "acknowledged", "read", "answered", "extended", "closing", "currency")),
    "cases.ClockEvent.action", "cases.ClockEvent.what", "cases.ClockEvent.reason",
    "cases.Hold.reason", "cases.DeletedThread.kind", "cases.DeletedThread.outcome",
    "cases.HearingStep.step", "cases.HearingStep.reason",
    *(f"protection.ProtectionCount.{name}" for name in ("law", "measure", "category")),
    "referral.Referral.state", "referral.Referral.fault", "referral.Referral.host",
    *(f"duty.DutyEvent.{name}" for name in ("law", "kind", "row")),
}  # fmt: skip
# Rooms that keep nothing of a report: the office's own names, laws, documents and ways in, and the machine's state.
OF_THE_OFFICE = ("core", "published", "ledger", "profiles", "offices", "notify", "press", "oversight")
# A member answering an invitation says what colleagues will call them.
NAME_OF_A_COLLEAGUE = ["offices.Newcomer.person"]
# Where a member asked to be told that there is something; what an office's own key looks like to who compares it.
NOT_OF_WHO_REPORTS = {"notify.Address.address", "offices.Office.fingerprint"}
# The hour of the machine's own work, of a member's sign-in, or of a member's act: of nothing that a reporter does.
WITH_AN_HOUR = {
    "core.NightRun", "offices.SetupCode", "offices.Invitation", "offices.Attempts", "offices.Session",
    "notify.Outgoing", "cases.Case", "cases.AsideBatch", "cases.Declaration", "cases.Doing",
    "referral.Referral", "referral.Competence", "duty.DutyEvent", "deciding.Panel",
}  # fmt: skip


def test_reports_come_one_by_one_from_a_person_and_no_other_way():
    posts = {address for address in surface.addresses("report") if address.startswith(("POST", "PUT", "DELETE"))}
    assert posts == INTAKE
    assert not surface.holding(r"import|bulk|feed-in|upload-many|camera|device|telecom|face|voice", surface.addresses())


def rooms_of_reports() -> list[str]:
    """Every room but those that keep nothing of a report: a new one is looked at from its first day."""
    return [room.label for room in apps.get_app_configs() if room.label not in OF_THE_OFFICE]


def test_nothing_of_a_report_is_stored_in_words():
    rooms = rooms_of_reports()
    assert {"line", "cases", "referral", "protection", "requests", "deciding", "duty"} <= set(rooms)
    columns = surface.columns(*rooms)
    assert len(columns) > 200
    assert set(columns.values()) <= CLEAR_KINDS
    assert {name for name, kind in columns.items() if kind == "CharField"} == SHORT_WORDS


def test_no_index_of_persons_and_no_search_over_them():
    assert not surface.holding(r"search|person|subject|suspect|watch|link-?graph|repeat", surface.addresses())
    held = surface.holding(r"person|subject|suspect|watch|alias_of|repeat", surface.columns())
    assert held == NAME_OF_A_COLLEAGUE


def test_no_ground_of_a_person_and_no_score_is_a_column_of_any_room():
    about = r"nation|ethnic|relig|politic|gender|race|orient|score|rating|rank|credib|trust|risk|suspicio"
    assert not surface.holding(about, surface.columns())
    assert not surface.holding(about, surface.addresses())


def test_no_column_of_any_room_could_tell_a_device_or_an_address():
    pattern = r"(^|[._])ip([._]|$)|addr|agent|referr?er|device|browser|cookie|fingerprint"
    # The name of a room or a table is no place for one: an address lies in a column.
    last = {name: name.rpartition(".")[2] for name in surface.columns()}
    assert {name for name, column in last.items() if surface.holding(pattern, [column])} == NOT_OF_WHO_REPORTS


def test_no_hour_is_stored_but_of_the_machine_and_of_members():
    columns = surface.columns()
    assert "TimeField" not in columns.values()
    assert {name.rpartition(".")[0] for name, kind in columns.items() if kind == "DateTimeField"} == WITH_AN_HOUR
    assert "DateTimeField" not in surface.columns("line").values()


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
