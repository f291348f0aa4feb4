"""Who works in the fictional office, and how they sign in. Everybody may know these passphrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

OFFICE: Final = {"en": "Lantern Valley Water and Power", "zh-Hans": "灯谷水电公司", "ar": "مياه وكهرباء وادي الفانوس"}
SECURITY: Final = {"en": "Safety and security desk", "zh-Hans": "安全事务组", "ar": "مكتب السلامة والأمن"}
INTEGRITY: Final = {"en": "Integrity desk", "zh-Hans": "廉正事务组", "ar": "مكتب النزاهة"}
ZONE: Final = "Europe/Lisbon"


@dataclass(frozen=True)
class Person:
    """One member of the cast.

    Attributes:
        name: what colleagues call them.
        sign_in: name to sign in with.
        passphrase: known to everybody.
        alias: how reporting persons see them.
        work: what they do, by language, for the first page.
        desk: 0 or 1; None for custodians of names and the auditor, who read at none.
        leads: whether they lead it.
        administrator: whether they hold a root key.
        auditor: whether they prove the office's work from the record.
    """

    name: str
    sign_in: str
    passphrase: str
    alias: str
    work: Mapping[str, str]
    desk: int | None
    leads: bool = False
    administrator: bool = False
    auditor: bool = False


_CUSTODIAN: Final = {
    "en": "custodian of names; works for the ombudsperson and reads no reports",
    "zh-Hans": "身份保管人；在监察专员处工作，不阅读举报",
    "ar": "أمين أسماء؛ يعمل لدى أمين المظالم ولا يقرأ البلاغات",
}

CAST: Final = (
    Person(
        "Ilse Varga", "ilse", "seven lanterns over quiet water", "Reader A",
        {"en": "administrator; leads the safety and security desk", "zh-Hans": "管理员；安全事务组负责人",
         "ar": "مديرة نظام؛ ترأس مكتب السلامة والأمن"},
        desk=0, leads=True, administrator=True,
    ),
    Person(
        "Bao Tran", "bao", "morning ferry carries four bicycles", "Reader B",
        {"en": "handler at the safety and security desk", "zh-Hans": "安全事务组承办人",
         "ar": "مسؤول قضايا في مكتب السلامة والأمن"},
        desk=0, leads=False, administrator=False,
    ),
    Person(
        "Noor Haddad", "noor", "copper kettle beside the window", "Reader C",
        {"en": "administrator; leads the integrity desk", "zh-Hans": "管理员；廉正事务组负责人",
         "ar": "مديرة نظام؛ ترأس مكتب النزاهة"},
        desk=1, leads=True, administrator=True,
    ),
    Person(
        "Tomas Lind", "tomas", "paper boats follow the slow canal", "Reader D",
        {"en": "handler at the integrity desk", "zh-Hans": "廉正事务组承办人",
         "ar": "مسؤول قضايا في مكتب النزاهة"},
        desk=1, leads=False, administrator=False,
    ),
    Person(
        "Mira Solano", "mira", "nine herons above the reed bank", "Keeper A", _CUSTODIAN, desk=None,
    ),
    Person(
        "Wen Baoyi", "wen", "old bridge carries the first snow", "Keeper B", _CUSTODIAN, desk=None,
    ),
    Person(
        "Yusuf Adel", "yusuf", "three figs on a blue plate", "Keeper C", _CUSTODIAN, desk=None,
    ),
    Person(
        "Odile Brandt", "odile", "grey pencil counts the winter geese", "Auditor",
        {"en": "auditor; proves the office's work from the record and reads no reports",
         "zh-Hans": "审计员；依据记录核查机关的工作，不阅读举报",
         "ar": "مدققة؛ تثبت عمل الجهة من السجل ولا تقرأ البلاغات"},
        desk=None, auditor=True,
    ),
)  # fmt: skip
CUSTODIANS_TO_AGREE: Final = 2

EMERGENCY: Final = {
    "en": "If someone is in danger now, ring the emergency number 112 first. Nobody watches this line live.",
    "zh-Hans": "如果现在有人处于危险之中，请先拨打紧急电话 112。本渠道没有人实时值守。",
    "ar": "إذا كان شخص ما في خطر الآن، فاتصل أولاً برقم الطوارئ 112. لا يراقب أحد هذا الخط مباشرةً.",
}
COMPLAINTS: Final = {
    "en": "The Ombudsperson of Lantern Valley, 4 Mill Lane, telephone 555 0142, takes complaints about this office.",
    "zh-Hans": "对本机关的投诉，请联系灯谷监察专员：磨坊巷 4 号，电话 555 0142。",
    "ar": "يتلقى أمين مظالم وادي الفانوس الشكاوى من هذه الجهة: 4 زقاق الطاحونة، هاتف 0142 555.",
}
CHILDREN: Final = {
    "en": "The listening line of Lantern Valley, 555 0161, day and night, free of charge.",
    "zh-Hans": "灯谷倾听热线 555 0161，昼夜开通，免费。",
    "ar": "خط الاستماع في وادي الفانوس، 0161 555، ليلًا ونهارًا، مجانًا.",
}
WAYS: Final = {
    "telephone": {
        "en": "555 0117, Monday to Friday, 9:00 to 17:00", "zh-Hans": "555 0117，周一至周五 9:00 至 17:00",
        "ar": "0117 555، من الاثنين إلى الجمعة، 9:00 إلى 17:00",
    },
    "letter": {
        "en": "Reporting line, 12 Weir Street, Lantern Valley", "zh-Hans": "灯谷堰街 12 号，举报渠道",
        "ar": "خط الإبلاغ، 12 شارع السد، وادي الفانوس",
    },
    "person": {
        "en": "12 Weir Street, second floor; ring and ask for the reporting line",
        "zh-Hans": "堰街 12 号二楼；请按铃并询问举报渠道",
        "ar": "12 شارع السد، الطابق الثاني؛ اقرع الجرس واسأل عن خط الإبلاغ",
    },
}  # fmt: skip
