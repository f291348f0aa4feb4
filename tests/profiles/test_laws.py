"""Profiles of laws: those that we ship hold, and what lowers the floor is refused with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fairline.cli.main import main
from fairline.profiles.deadlines import Period, Unit
from fairline.profiles.law_checks import (
    LawRefusedError,
    problems_of,
    read_law,
    shipped_law,
)
from fairline.profiles.laws import Kind, Outcome, Status
from fairline.profiles.notices_for_pages import text
from fairline.profiles.shipped import shipped, shipped_names

GENERIC = shipped("generic") or ""


def line_of(text: str, needle: str) -> int:
    """The line on which the last ``needle`` begins."""
    return text[: text.rindex(needle)].count("\n") + 1


def refused(text: str, *, of_office: bool = False) -> list[tuple[int, str]]:
    return [(problem.line, problem.sentence) for problem in problems_of(text, of_office=of_office)]


@pytest.mark.parametrize("name", shipped_names())
def test_every_profile_that_we_ship_can_be_used(name: str) -> None:
    law = shipped_law(name)
    assert law.id == name
    texts = [law.names, *law.notes, *(clock.label for clock in law.clocks.values())]
    texts += [notice.text for notice in law.notices.values()]
    texts += [text for duty in law.duties.values() for text in (duty.text, duty.evidence)]
    assert law.duties, "every law asks something of organisations"
    assert {one.tag for one in law.languages} == {"en", "zh-Hans", "ar"}
    assert all({"en", "zh-Hans", "ar"} <= set(text) for text in texts)
    if law.kind is Kind.RECEIVER:
        assert set(law.retention) == set(Outcome)


def test_they_are_the_five_with_their_overlays_and_the_general_one() -> None:
    assert {"eu-2019-1937", "prc-cel-2023", "eu-nis2", "us-nispom", "research-security", "generic"} <= set(
        shipped_names()
    )
    assert {f"eu-2019-1937-{code}" for code in ("de", "fr", "it", "es", "ie")} <= set(shipped_names())


def test_what_nobody_verified_is_never_called_the_law() -> None:
    law = shipped_law("eu-2019-1937")
    assert law.clocks["acknowledge-internal"].basis.is_law
    assert law.clocks["feedback-internal"].basis.status is Status.UNVERIFIED
    assert not law.clocks["feedback-internal"].basis.is_law
    # The Counter-Espionage Law names no number of days for an answer: ours is a commitment and is called one.
    assert shipped_law("prc-cel-2023").clocks["acknowledge"].basis.status is Status.OWN


def test_an_overlay_lies_on_its_directive_row_by_row() -> None:
    law, directive = shipped_law("eu-2019-1937-de"), shipped_law("eu-2019-1937")
    assert law.days.country == "DE"
    assert set(law.clocks) == set(directive.clocks)
    assert law.clocks["feedback-internal"].basis.source.startswith("HinSchG")
    assert law.retention[Outcome.SUBSTANTIATED].period == Period(3, Unit.YEAR)
    assert law.heard_before == {Outcome.SUBSTANTIATED}


def test_the_order_to_begin_a_reward_is_not_a_time_to_pay() -> None:
    law = shipped_law("prc-cel-2023")
    assert law.clocks["reward-start"].starts == "verified-and-dealt-with"
    assert law.clocks["reward-start"].period == Period(30, Unit.WORKING_DAY)
    assert law.clocks["reward-collect"].extended == Period(3, Unit.YEAR)
    assert [(tier.least, tier.below) for tier in law.rewards] == [
        (0, 10001), (10001, 30001), (30001, 100001), (100001, None),
    ]  # fmt: skip


def test_a_notifier_has_no_clock_on_a_person() -> None:
    for name in ("eu-nis2", "us-nispom"):
        assert {clock.owner for clock in shipped_law(name).clocks.values()} <= {"organisation", "authority"}


# What is changed in the general profile, where the problem must be found, and a word of the sentence.
LOOSENED = [
    ('id = "approach"\ntier = 2', 'id = "approach"\ntier = 1', "tier = 1", "often lawful"),
    ('id = "loss"\ntier', 'id = "lost-things"\ntier', 'id = "lost-things"', "sealed and counted"),
    ('limit = 7\nunit = "cd"', 'limit = 8\nunit = "cd"', "limit = 8", "seven calendar days"),
    ('limit = 7\nunit = "cd"', 'limit = 6\nunit = "wd"', "limit = 6\n", "seven calendar days"),
    ('limit = 7\nunit = "cd"', 'limit = 1\nunit = "m"', "limit = 1\n", "seven calendar days"),
    ('limit = 7\nunit = "cd"', 'without = "promptly"', 'without = "promptly"', "at most seven"),
    ('limit = 3\nunit = "m"\nextend = { limit = 6, unit = "m" }', 'limit = 4\nunit = "m"', "limit = 4", "three months"),
    ('extend = { limit = 6, unit = "m" }', 'extend = { limit = 7, unit = "m" }', "extend = { limit = 7", "six months"),
    ('limit = 3\nunit = "m"\nextend', 'limit = 100\nunit = "cd"\nextend', "limit = 100", "three months"),
    ("sealed_identity = true", "sealed_identity = false", "sealed_identity", "sealed apart"),
    ("disclosure_notice = true", "disclosure_notice = false", "disclosure_notice", "told before"),
    ("outside_complaint = true", "outside_complaint = false", "outside_complaint", "outside the office"),
    ("automatic_decision = false", "automatic_decision = true", "automatic_decision", "No machine"),
    ('heard_before = ["substantiated"]', "heard_before = []", "heard_before", "is heard before"),
    ('limit = 3\nunit = "y"\nsource', 'limit = 6\nunit = "y"\nsource', "limit = 6\n", "five years"),
]


@pytest.mark.parametrize(("found", "put", "where", "said"), LOOSENED)
def test_a_file_that_loosens_is_refused_with_its_line(found: str, put: str, where: str, said: str) -> None:
    assert found in GENERIC
    # Retention rows come after clocks of the same numbers, so the last one is the one that is meant there.
    head, _, tail = GENERIC.rpartition(found) if "source" in found else GENERIC.partition(found)
    text = head + put + tail
    problems = refused(text)
    at = head.count("\n") + 1 + put[: put.index(where.strip().split("\n")[0])].count("\n")
    assert any(line == at and said in sentence for line, sentence in problems), (at, problems)
    with pytest.raises(LawRefusedError) as error:
        read_law(text, "a-file")
    assert "a-file, line " in str(error.value)


def test_what_is_left_out_is_missed() -> None:
    without_retention = GENERIC.partition("[[retention]]")[0]
    assert any("deleted" in sentence for _, sentence in refused(without_retention))
    clocks = GENERIC.split("[[clocks]]")
    for action, said in (("acknowledge", "clock for acknowledge"), ("disclosure-notice", "before a name is disclosed")):
        kept = [part for part in clocks if f'action = "{action}"' not in part]
        assert any(said in sentence for _, sentence in refused("[[clocks]]".join(kept)))
    rights = GENERIC.index("[rights]")
    assert any(
        "[rights]" in sentence for _, sentence in refused(GENERIC[:rights] + GENERIC[GENERIC.index("[[clocks]]") :])
    )


CLASS = """
[[classes]]
id = "{id}"
tier = 1
label = {{ en = "{label}" }}
source = "The office's own commitment"
verified_on = 2026-11-28
status = "own"
"""


@pytest.mark.parametrize(
    ("key", "label"),
    [("protest", "Taking part in a protest"), ("speech", "Hostile speech"), ("contact", "Contact with journalists"),
     ("meeting", "Meeting foreigners"), ("group", "Religious activity"), ("press", "未经批准的出版"),
     ("words", "不当言论"),
     ("union", "Membership of a trade union"), ("origin", "国籍可疑"), ("blow", "Whistleblowing to the press")],
)  # fmt: skip
def test_no_law_brings_in_a_class_for_what_people_say_or_are(key: str, label: str) -> None:
    text = GENERIC + CLASS.format(id=key, label=label)
    assert [line for line, _ in refused(text)] == [line_of(text, label)]


def test_an_honest_class_is_taken() -> None:
    law = read_law(GENERIC + CLASS.format(id="device", label="A covert device was found"))
    assert [(one.id, one.tier) for one in law.classes][-1] == ("device", 1)


def test_every_class_that_we_ship_says_what_suffices_in_three_languages() -> None:
    named = {name: shipped_law(name).classes for name in shipped_names()}
    assert {name for name, classes in named.items() if classes} == {
        "generic", "prc-cel-2023", "research-security", "us-nispom",
    }  # fmt: skip
    for one in (one for classes in named.values() for one in classes):
        assert one.label.keys() == {"en", "zh-Hans", "ar"}
    # The Counter-Espionage Law is read; its kinds are called the law's. Our own list is called our own.
    assert {one.basis.status for one in named["prc-cel-2023"]} == {Status.VERIFIED}
    assert {one.basis.status for one in named["generic"]} == {Status.OWN}
    assert {one.basis.status for one in named["us-nispom"]} == {Status.UNVERIFIED}


OFFICE = """format = 1
id = "our-office"
kind = "receiver"
version = 1
overlays = "eu-2019-1937-de"
effective_from = 2026-12-01
names = {{ en = "Harbour office" }}

[calendar]
country = "DE"
roll = "next_working_day"

[[clocks]]
id = "acknowledge-internal"
action = "acknowledge"
starts = "received"
limit = {limit}
unit = "{unit}"
owner = "handler"
addressee = "reporter"
label = {{ en = "Acknowledge" }}
source = "Our own promise"
verified_on = 2026-12-01
status = "own"
"""


def test_an_office_may_promise_more_than_its_law_and_never_less() -> None:
    law = read_law(OFFICE.format(limit=3, unit="cd"), of_office=True)
    assert law.clocks["acknowledge-internal"].period == Period(3, Unit.DAY)
    assert law.clocks["feedback-internal"].period == Period(3, Unit.MONTH)
    slow = OFFICE.format(limit=5, unit="wd")
    assert [line for line, _ in refused(slow, of_office=True)] == [line_of(slow, "limit = 5")]


@pytest.mark.parametrize(
    ("found", "put", "where"),
    [('action = "acknowledge"', 'action = "register"', 'action = "register"'),
     ('starts = "received"', 'starts = "closed"', 'starts = "closed"'),
     ('starts = "received"', 'starts = "received"\napplies = "external"', 'applies = "external"'),
     ('status = "own"', 'status = "own"\nuntil = 2026-12-02', "[[clocks]]"),
     ('status = "own"', 'status = "own"\neffective_from = 2036-12-02', "[[clocks]]"),
     ('kind = "receiver"', 'kind = "notifier"', 'kind = "notifier"'), ('country = "DE"', 'country = "FR"', '"FR"'),
     ('country = "DE"', 'country = "DE"\nfree = [2026-12-10, 2026-12-11]', "free = [")],
)  # fmt: skip
def test_a_law_is_not_taken_away_by_what_an_office_lays_on_it(found: str, put: str, where: str) -> None:
    """Its numbers may all be right: another clock under the law's name, or days off, would put it off for ever."""
    text = OFFICE.format(limit=3, unit="cd").replace(found, put, 1)
    assert line_of(text, where) in [line for line, _ in refused(text, of_office=True)]


@pytest.mark.parametrize(
    ("found", "put", "where"),
    [('unit = "cd"', 'unit = "fortnight"', "fortnight"), ("limit = 7", "limit = 7\nurgent = true", "[[clocks]]"),
     ('roll = "none"', 'roll = "sometimes"', "sometimes"), ("version = 1", "version = 0", "version = 0"),
     ('country = ""', 'country = "ZZ"', '"ZZ"'), ('status = "own"', 'status = "sure"', '"sure"'),
     ("limit = 7", 'limit = 7\nwithout = "promptly"', "[[clocks]]"),
     ('id = "feedback"\naction', 'id = "acknowledge"\naction', 'id = "acknowledge"\naction')],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(found: str, put: str, where: str) -> None:
    text = GENERIC.replace(found, put, 1)
    # Tables are found by their first line: that of the changed row is the one before the change.
    at = text[: text.index(put)].rindex(where) if where == "[[clocks]]" else text.rindex(where)
    assert text[:at].count("\n") + 1 in [line for line, _ in refused(text)]


def test_rows_hold_from_day_to_day() -> None:
    text = GENERIC.replace('status = "own"', 'status = "own"\neffective_from = 2027-01-01\nuntil = 2027-12-31', 1)
    law = read_law(text)
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31), date(2028, 1, 1)]
    assert [len(law.clocks_of("acknowledge", day)) for day in days] == [0, 1, 1, 0]


def test_the_command_explains_a_file(tmp_path, capsys) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(GENERIC.replace("limit = 7", "limit = 9", 1), "utf-8")
    assert main(["profile", "check", str(file)]) == 1
    line = line_of(file.read_text("utf-8"), "limit = 9")
    assert f"{file}:{line}: A report is acknowledged within seven calendar days." in capsys.readouterr().out
    assert main(["profile", "check", "generic"]) == 0
    assert main(["profile", "check", str(tmp_path / "none.toml")]) == 2
    assert main(["profile", "check", "../../../etc/passwd-none"]) == 2
    file.write_text("format = ", "utf-8")
    assert main(["profile", "check", str(file)]) == 1
    assert ":1: This is not TOML" in capsys.readouterr().out


def test_what_a_law_has_people_told_is_said_once_somebody_has_read_it_there() -> None:
    told = shipped_law("eu-2019-1937-fr").notices
    assert told["fair-trial"].whom == "concerned"
    assert told["fair-trial"].is_said_on(date(2026, 3, 1))
    assert not told["data"].is_said_on(date(2026, 3, 1))
    # What the office says of itself needs no law.
    assert shipped_law("generic").notices["no-machine"].is_said_on(date(2026, 3, 1))


def test_the_pages_say_the_same_of_what_people_are_told() -> None:
    generated = Path(__file__).resolve().parents[2] / "web" / "elements" / "notices.gen.json"
    assert generated.read_text(encoding="utf-8") == text(), "run bin/generate"


NOTICE = """
[[notices]]
id = "%s"
whom = "concerned"
when = "informed"
text = { en = "%s" }
source = "The office's own commitment"
verified_on = 2026-11-28
status = "own"
"""


def test_an_office_adds_a_notice_and_takes_none_of_the_laws_away() -> None:
    overlay = (
        'format = 1\nid = "ours"\nkind = "receiver"\nversion = 1\noverlays = "generic"\neffective_from = 2026-01-01\n'
        'names = { en = "Ours" }\n[calendar]\ncountry = ""\nroll = "none"\n'
    )
    added = read_law(overlay + NOTICE % ("hearing", "You may be heard in person."), of_office=True)
    assert {"no-machine", "hearing"} <= set(added.notices)
    [(line, said)] = refused(overlay + NOTICE % ("no-machine", "We decide."), of_office=True)
    assert (line > 1, said) == (True, "The law's own notice no-machine stays as it is; an office adds one beside it.")
    [(_line, said)] = refused(overlay + NOTICE % ("ask", "What is your religion?"), of_office=True)
    assert said == "Nobody is asked for a protected ground in what they are told."


DUTY = """
[[duties]]
id = "{id}"
who = "all"
cycle = "yearly"
text = {{ en = "{en}", zh-Hans = "年度培训", ar = "تدريب سنوي" }}
evidence = {{ en = "Record", zh-Hans = "记录", ar = "محضر" }}
source = "Art 1"
verified_on = 2026-11-28
status = "unverified"
"""


@pytest.mark.parametrize(
    ("en", "sentence"),
    [
        ("Every household tells what it sees", "Duties bind organisations"),
        ("Neighbours and citizens inform on others", "Duties bind organisations"),
        ("Bring a number of reports each month", "Nobody has to bring a number of reports."),
        ("List staff by ethnicity", "No duty asks for a protected ground."),
    ],
)
def test_no_duty_binds_private_people_counts_reports_or_asks_for_a_ground(en: str, sentence: str) -> None:
    [(line, said)] = refused(text := GENERIC + DUTY.format(id="more", en=en))
    assert said.startswith(sentence)
    assert line == line_of(text, "text = ")


REWARD = """
[[rewards]]
id = "more"
from = 1
currency = "EUR"
label = {{ en = "{en}", zh-Hans = "{zh}", ar = "{ar}" }}
source = "Art 1"
verified_on = 2026-11-28
status = "unverified"
"""
HELPED = {"en": "It was of help", "zh": "起到一定作用", "ar": "أسهم إلى حدٍّ ما"}


@pytest.mark.parametrize(
    "label",
    [
        {"en": "The person is convicted"}, {"en": "Led to an arrest"}, {"en": "After the guilty verdict"},
        {"en": "Against a senior official"}, {"en": "For the identity of the person"}, {"zh": "被举报人被判刑"},
        {"zh": "被举报人为领导干部"}, {"ar": "بعد إدانة الشخص"}, {"en": "The person is con\u200bvicted"},
    ],
)  # fmt: skip
def test_no_reward_hangs_on_a_conviction_or_on_who_somebody_is(label: dict[str, str]) -> None:
    """Right 10. The same row that says what the report was good for is read."""
    assert refused(GENERIC + REWARD.format(**HELPED)) == []
    [(line, said)] = refused(text := GENERIC + REWARD.format(**HELPED | label))
    assert said == "A reward hangs on what the report was good for, never on a conviction or on who somebody is."
    assert line == line_of(text, "label = ")


@pytest.mark.parametrize("field", ['if = "convicted"', 'outcome = "substantiated"', 'status_of_person = "official"'])
def test_no_reward_has_a_field_for_a_condition(field: str) -> None:
    row = REWARD.format(**HELPED).replace('id = "more"', f'id = "more"\n{field}')
    assert len(refused(GENERIC + row)) == 1


def test_who_is_bound_is_an_organisation_and_a_language_that_is_asked_for_is_there() -> None:
    private = GENERIC + DUTY.format(id="more", en="Train").replace('who = "all"', 'who = "person"')
    assert "is not one of" in refused(private)[0][1]
    danish = """
[[languages]]
tag = "da"
source = "Art 2"
verified_on = 2026-11-28
status = "unverified"
"""
    missing = refused(GENERIC + danish)
    assert len(missing) > len(shipped_law("generic").clocks)
    assert {said for _line, said in missing} == {"This is missing in da, a language that [[languages]] asks for."}


def test_an_office_adds_duties_and_changes_none_of_its_law() -> None:
    own = GENERIC.replace('id = "generic"', 'id = "house"\noverlays = "generic"', 1)
    [first] = [key for key in shipped_law("generic").duties if key == "publish-ways"]
    assert any(f"own duty {first} stays" in said for _line, said in refused(own, of_office=True))


def test_what_nobody_read_in_a_law_is_said_to_be_unverified() -> None:
    assert shipped_law("eu-nis2").duties["notify-incidents"].basis.status is Status.VERIFIED
    assert shipped_law("us-nispom").duties["self-inspection"].basis.status is Status.UNVERIFIED
    assert {duty.basis.status for duty in shipped_law("generic").duties.values()} == {Status.OWN}
