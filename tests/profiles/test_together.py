"""Before a desk is chosen, nothing that one desk says hides what another says."""

from __future__ import annotations

from fairline.profiles.together import together

QUAY = {"en": "Quay desk", "ar": "مكتب الرصيف"}
MILL = {"en": "Mill desk"}


def profile(**changes):
    return {
        "acknowledge": {"days": 7}, "feedback": {"months": 3},
        "emergency": {"en": "Call 112.", "ar": "اتصل بالرقم 112."}, "complaints": {"en": "The ombudsperson."},
        "ways": {"telephone": "555 0101"}, **changes,
    }  # fmt: skip


def test_what_all_desks_share_stands_once():
    assert together([(QUAY, profile()), (MILL, profile())]) == profile()


def test_whom_to_call_is_said_for_each_desk_in_each_language():
    merged = together([(QUAY, profile()), (MILL, profile(emergency={"en": "Ring the gate: 555 0199."}))])
    assert merged["emergency"] == {
        "en": "Call 112.\nRing the gate: 555 0199.",
        "ar": "اتصل بالرقم 112.\nRing the gate: 555 0199.",
    }


def test_a_way_or_a_duty_to_tell_stands_under_the_name_of_its_desk():
    mill = profile(ways={"telephone": "555 0102", "letter": "Mill 4"}, disclosure={"en": "A court may ask."})
    merged = together([(QUAY, profile()), (MILL, mill)])
    assert merged["ways"] == {"telephone": "Quay desk: 555 0101\nMill desk: 555 0102", "letter": "Mill 4"}
    assert merged["disclosure"] == {"en": "A court may ask."}


def test_the_page_promises_no_more_than_the_slowest_desk():
    merged = together([(QUAY, profile(acknowledge={"days": 2})), (MILL, profile(feedback={"months": 1}))])
    assert (merged["acknowledge"], merged["feedback"]) == ({"days": 7}, {"months": 3})


def test_desks_that_say_nothing_yet_take_nothing_away():
    assert together([(MILL, {}), (QUAY, profile())]) == profile()
    assert together([]) == {}


def test_other_ways_are_put_together_language_by_language() -> None:
    mill = profile(ways={"telephone": {"en": "555 0102, weekdays", "zh-Hans": "555 0102，工作日"}})
    merged = together([(QUAY, profile()), (MILL, mill)])
    assert merged["ways"]["telephone"]["en"] == "Quay desk: 555 0101\nMill desk: 555 0102, weekdays"
    assert "555 0102，工作日" in merged["ways"]["telephone"]["zh-Hans"]
    assert "555 0101" in merged["ways"]["telephone"]["zh-Hans"]
