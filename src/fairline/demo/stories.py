"""What was reported to the fictional office: invented people, places and events; behaviour only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Side = Literal["office", "reporter", "note"]


@dataclass(frozen=True)
class Story:
    """One report and the talk that followed.

    Attributes:
        desk: 0 or 1.
        language: tag of the language it is written in.
        days_ago: when it came.
        answers: by the form's question.
        contact: by consent, as `web/seal/contact.ts` writes it: a way, when, the language.
        name: given to those who read the report.
        locked: a name under seal, for custodians and handlers together.
        talk: who said what, in order; a note stays inside the office.
    """

    desk: int
    language: str
    days_ago: int
    answers: Mapping[str, str]
    contact: str | None = None
    name: str | None = None
    locked: str | None = None
    talk: tuple[tuple[Side, str], ...] = ()


STORIES: Final = (
    Story(
        0,
        "en",
        13,
        {
            "what": (
                "Two people in grey overalls opened the valve cabinet behind pumping station 3 and "
                "photographed the inside. They had no badges. When I asked, one said they were from "
                "the fibre company and left quickly."
            ),
            "where": "Pumping station 3, cabinet on the river side",
            "when": "Tuesday, about 6:40 in the morning",
            "known": "own-eyes",
            "lawful": "The fibre company does work along the river this month. But their van was not there.",
            "concern": "entry",
        },
        talk=(
            (
                "office",
                (
                    "Thank you for writing. Did they touch anything inside, or only take pictures? And do"
                    " you remember anything of the vehicle they left in?"
                ),
            ),
            (
                "reporter",
                ("They did not touch anything that I saw. They walked towards the mill bridge; I saw no vehicle."),
            ),
            ("note", ("The fibre company says by telephone that nobody of theirs was at station 3 that morning.")),
        ),
    ),
    Story(
        0,
        "zh-Hans",
        12,
        {
            "what": (
                "有人在休息室向几位新同事打听二号变电站的检修时间和门禁密码更换的规律，说是写论文用，愿意付“咨询费”。"
            ),
            "where": "公司食堂二楼休息室",
            "when": "上周三和周五中午",
            "known": "own-eyes told",
            "lawful": "也可能真的是学生，不过他没有说是哪个学校的。",
            "concern": "elicitation",
        },
        talk=(("office", "谢谢您的来信。请问他是怎样联系到您的同事的？有没有留下联系方式？不方便回答的可以不答。"),),
    ),
    Story(
        0,
        "en",
        11,
        {
            "what": (
                "A laptop with the maintenance plans was left on the seat of the pool car over the "
                "weekend. On Monday it was still there, but the bag had been moved to the other seat."
            ),
            "when": "Last weekend",
            "known": "own-eyes",
            "concern": "loss",
        },
    ),
    Story(
        1,
        "en",
        10,
        {
            "what": (
                "My supervisor signed the inspection sheet for the chlorine store without going "
                "there. I was with him all afternoon. He told me to sign as second person."
            ),
            "where": "Treatment works, chlorine store",
            "when": "On the 4th, in the afternoon",
            "known": "own-eyes",
            "concern": "handling",
        },
        contact="555 0188\nafter 7 in the evening, not at work\nEnglish",
        locked="Ottilie Brandt",
        talk=(
            (
                "office",
                (
                    "Thank you. Nobody outside this desk can read what you wrote. Did you sign the sheet "
                    "in the end? Either answer is fine; it helps us to know which paper to look at."
                ),
            ),
        ),
    ),
    Story(
        0,
        "zh-Hans",
        9,
        {
            "what": "机房门口的读卡器下面粘着一个火柴盒大小的黑色小盒子，有一根细线连到读卡器里。我没有碰它。",
            "where": "北楼一层机房门口",
            "when": "今天早上八点",
            "known": "own-eyes",
            "lawful": "也许是维修人员装的测试设备，但是没有标签。",
            "concern": "device",
        },
    ),
    Story(
        1,
        "en",
        8,
        {
            "what": (
                "The firm that won the pump contract belongs to the brother-in-law of the person who "
                "wrote the tender. He did not say so in the meeting; a colleague showed me the "
                "company register."
            ),
            "known": "told document",
            "concern": "control",
        },
    ),
    Story(
        0,
        "en",
        6,
        {
            "what": (
                "An e-mail that looks as if it came from our own help desk asks everybody in the "
                "control room to 'confirm' their remote access before Friday. The address ends in a "
                "name that is not ours."
            ),
            "known": "own-eyes document",
            "lawful": "It might be an exercise by our own security people.",
            "concern": "intrusion",
        },
    ),
    Story(
        1,
        "zh-Hans",
        5,
        {
            "what": "部门领导让我们把上个月漏水的记录日期往后改三天，说是为了赶上考核。我手里有原来的记录照片。",
            "where": "东区管网班",
            "known": "own-eyes document",
            "concern": "handling",
        },
        contact="555 0129\n\n中文",
    ),
    Story(
        0,
        "en",
        4,
        {
            "what": (
                "A man who introduced himself as a recruiter asks a friend of mine in dispatch about "
                "shift changes at the dam and offers money for 'small studies'. She does not know "
                "what to do and asked me to write."
            ),
            "known": "told",
            "lawful": "Perhaps he is a recruiter; the questions were odd for one.",
            "concern": "approach",
        },
    ),
    Story(
        0,
        "en",
        3,
        {
            "what": (
                "Someone calls the night shift and says that 'it would be a pity about your car' if "
                "the gate is not left unlocked on Thursday. Two of us heard it on the speaker."
            ),
            "where": "Gatehouse, telephone",
            "when": "Monday and Tuesday, after midnight",
            "known": "own-eyes",
            "concern": "threat",
        },
        contact="555 0163\nin the mornings\nEnglish or Spanish",
        name="Ramon Ibarra",
    ),
    Story(
        1,
        "en",
        2,
        {
            "what": (
                "When I reported a leak last year, the report went straight to the person it was "
                "about. I would like to know what the office does so that this cannot happen again."
            ),
            "concern": "complaint",
        },
    ),
    Story(
        0,
        "zh-Hans",
        1,
        {
            "what": "昨天傍晚有一架小型无人机在水厂上空停留了大约二十分钟，随后向山那边飞走。",
            "where": "西山水厂",
            "when": "昨天傍晚六点多",
            "known": "own-eyes",
            "lawful": "附近常有人放飞无人机，也许只是爱好者。",
        },
    ),
)
