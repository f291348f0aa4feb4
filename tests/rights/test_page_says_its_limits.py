"""Rights 17 and 19: danger first, and the limits said on the first page, in every language that we ship."""

from __future__ import annotations

import pytest

from fairline.offices.models import Desk
from fairline.profiles import services as profiles
from fairline.profiles.documents import kind_of
from fairline.seal.errors import MalformedError
from fairline.seal.jsontext import write
from support.line import Line

EMERGENCY = {"en": "Ring 112 first.", "zh-Hans": "请先拨打 112。", "ar": "اتصل أولاً بالرقم 112."}
LIMITS = {
    "en": ("What we cannot promise", "your own device and network", "A court can order"),
    "zh-hans": ("我们", "设备", "法院"),
    "ar": ("لا", "جهازك", "محكمة"),
}
PROFILE = {
    "v": 1, "kind": "profile", "acknowledge": {"days": 7}, "feedback": {"months": 3}, "emergency": EMERGENCY,
    "complaints": {"en": "The ombudsperson"}, "ways": {"letter": "12 Weir Street"},
}  # fmt: skip


@pytest.fixture
def line():
    line = Line().found()
    Desk.objects.filter(id=line.desk).update(profile=profiles.keep(write(PROFILE)))
    return line


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_danger_comes_before_the_form_and_limits_stand_beside_it(line, report_client, language):
    page = report_client.get(f"/{language}/").content.decode()
    said = EMERGENCY["zh-Hans" if language == "zh-hans" else language]
    assert page.index(said) < page.index("<textarea")
    for limit in LIMITS[language]:
        assert limit in page


@pytest.mark.parametrize("field", ["emergency", "complaints", "ways"])
def test_no_profile_may_leave_out_what_protects_people(field):
    empty = {} if field == "ways" else {"en": " "}
    with pytest.raises(MalformedError) as refused:
        kind_of(write(PROFILE | {field: empty}))
    assert refused.value.code == "profile-floor"


LATE = [{"acknowledge": {"days": 8}}, {"feedback": {"months": 4}}, {"acknowledge": {"days": 0}}]


@pytest.mark.parametrize("clock", LATE)
def test_no_profile_may_answer_later_than_the_floor(clock):
    with pytest.raises(MalformedError) as refused:
        kind_of(write(PROFILE | clock))
    assert refused.value.code == "profile-floor"
