"""Commands speak the language of who sits before them, from the pages' own catalogues."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairline.ledger.errors import BatchError
from fairline.locale import compile as compiling
from fairline.seal.errors import CannotOpenError, RefusedError
from fairline.terminal import words
from fairline.terminal.errors import DoorRefusedError
from fairline.terminal.receipts import Manner
from fairline.terminal.sentences import of_code, sentence
from support.installation import Installation
from support.typist import Typist

CHINESE, ARABIC = "zh-Hans", "ar"
SENTENCE = "Nobody answered, so nothing was done."


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    compiling.server()


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    words.speak("en")


@pytest.mark.parametrize(
    ("environment", "tag"),
    [
        ({}, "en"), ({"LANG": "C"}, "en"), ({"LANG": "C.UTF-8"}, "en"), ({"LC_ALL": "POSIX", "LANG": "ar"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"), ({"LANG": "zh_TW.UTF-8"}, "zh-Hant"), ({"LANG": "ar_EG"}, "ar"),
        ({"LC_ALL": "", "LC_MESSAGES": "ar_EG.UTF-8", "LANG": "en_GB.UTF-8"}, "ar"), ({"LANG": "ca_ES@valencia"}, "ca"),
    ],
)  # fmt: skip
def test_the_machine_names_its_language(environment: dict[str, str], tag: str) -> None:
    assert words.own_language(environment) == tag


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("zh-Hans", "无人作答，因此没有执行任何操作。"), ("zh_CN", "无人作答，因此没有执行任何操作。"),
        ("zh-hans-SG", "无人作答，因此没有执行任何操作。"), ("ar", "لم يُجب أحد، فلم يُفعل شيء."),
        ("ar-EG", "لم يُجب أحد، فلم يُفعل شيء."), ("en-GB", SENTENCE), ("zh-Hant", SENTENCE), ("fr", SENTENCE),
        ("../../etc", SENTENCE), ("", SENTENCE),
    ],
)  # fmt: skip
def test_a_tag_finds_its_catalogue_or_english(tag: str, said: str) -> None:
    words.speak(tag)
    assert words.gettext(SENTENCE) == said
    assert words.gettext("") == ""


def test_without_a_compiled_catalogue_everything_is_said_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    words.speak(CHINESE)
    assert words.gettext(SENTENCE) == SENTENCE
    assert words.ngettext("one", "many", 2) == "many"
    assert of_code("root-chain", "An older root than was seen before is shown.").startswith("An older root")


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "تعهّد واحد"), (2, "تعهّدان"), (3, "3 تعهّدات"), (11, "11 تعهّدًا"), (99, "99 تعهّدًا"), (100, "100 تعهّد ")],
)
def test_numbers_take_the_form_of_the_language(number: int, word: str) -> None:
    words.speak(ARABIC)
    singular = "%(n)s promise waiting: in the record by tomorrow."
    said = words.ngettext(singular, "%(n)s promises waiting: in the record by tomorrow.", number) % {"n": number}
    assert said.startswith(word)


def test_a_place_in_the_receipt_is_asked_for_by_its_number() -> None:
    words.speak(CHINESE)
    assert Manner("english").question(2) == "请核对：第 3 个词是什么？"
    words.speak("en")
    assert Manner("digits").question(0) == "To make sure: what is group 1 of the digits?"


def test_what_did_not_hold_is_said_in_the_language_too() -> None:
    mine = CannotOpenError("not-mine", "This file was not sealed for you.")
    rare = RefusedError("custody-size", "The list of custodians is too short or too long.")
    record = BatchError("head-shape", "A day of the record does not have the form that days have.")
    assert [sentence(one) for one in (mine, rare, record)] == [mine.sentence, rare.sentence, record.sentence]
    words.speak(CHINESE)
    assert sentence(mine) == "此文件不是封存给您的。"
    assert "custody-size" in sentence(rare)
    assert "签署的文件" in sentence(rare)
    assert "公开记录" in sentence(record)
    assert "parcel" in of_code("parcel", "What was sent is cut or broken.")


def test_the_servers_refusal_is_english_on_the_way_and_translated_here() -> None:
    words.speak(ARABIC)
    english = "Something failed on our side. Nothing was lost; please try again in a while."
    assert sentence(DoorRefusedError(409, "fault", english)).startswith("حدث خلل لدينا")
    assert sentence(DoorRefusedError(409, "odd", "A sentence of another version.")) == "A sentence of another version."


@pytest.mark.parametrize(
    ("arguments", "machine", "said"),
    [
        (
            ("--language", CHINESE), "C.UTF-8",
            ("没有提供指纹", r"是否涉及在本机关工作的人员？ \[是/否", "否", "整份举报", "现在是凭据",
             "您是否宁愿不要它？", "是", "没有凭据.*确定不要吗？", "举报已到达"),
        ),
        (
            (), "ar_EG.UTF-8",
            ("لم تُعطَ بصمة", r"هل يتعلق بشخص يعمل في هذه الجهة؟\u2069 \[نعم/لا", "لا", "قراءة البلاغ كله",
             "والآن الإيصال", "هل تفضّل الاستغناء عنه؟", "نعم", "دون إيصال.*دونه حقًا؟", "وصل البلاغ"),
        ),
    ],
    ids=[CHINESE, ARABIC],
)  # fmt: skip
def test_the_whole_dialogue_is_in_the_language(
    demonstration: Installation, arguments: tuple[str, ...], machine: str, said: tuple[str, ...]
) -> None:
    unproven, concerns, no, readers, receipt, without, yes, really, arrived = said
    typist = Typist(
        demonstration, "send", demonstration.urls["report"], "--desk", "Integrity desk", "--file", "/dev/stdin",
        *arguments, machine=machine,
    )  # fmt: skip
    typist.reads(unproven)
    typist.reads(concerns)
    typist.types(no)
    typist.reads(readers)
    typist.types("Thunderclap-3380 at the weir.")
    typist.ends_input()
    typist.reads(receipt)
    typist.reads(without)
    typist.types(yes)
    typist.reads(really)
    typist.types(yes)
    typist.reads(arrived)
    assert typist.ends() == 0


def test_coming_back_in_another_language(demonstration: Installation, kept: Path) -> None:
    address, file = demonstration.urls["report"], str(kept / "words")
    sent = demonstration.command(
        "send", address, "--desk", "Integrity desk", "--yes", "--receipt-file", file, "--language", ARABIC,
        stdin=b"A lamp in the archive, thimblerig-1180.",
    )  # fmt: skip
    assert "وصل البلاغ" in sent.stderr
    opened = demonstration.command("open", address, "--receipt-file", file, "--language", CHINESE, "--check")
    assert "状态：在受理组，尚未成为案件。" in opened.stderr
    assert "1 项承诺待兑现" in opened.stderr
    assert "— 举报人 (r 0)" in opened.stdout
    assert "thimblerig-1180" in opened.stdout
