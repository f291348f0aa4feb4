"""Fill a demonstration in bulk with reports that one member has read, for `bench/workbench.py`: no way to import any.

    python bench/fill_workbench.py OFFICE DESK MEMBER STORED < INDEX_KEY     (hexadecimal; the environment names it)
    python bench/fill_workbench.py OFFICE DESK MEMBER cases SECOND           (turns what lies there into cases of both)

What lies there afterwards is what the line, the office door and the member's own browser would have written: sealed
files of noise, posts, declarations, marks, and the member's index pages, which open with their key. A third of the
reports has an answer; six of ten are in English, the others in Chinese and Arabic, 0.2 to 2 KiB of text each.

As cases: what triage and its confirmation would have left, with a key file for each of two people and the signed act.
"""

from __future__ import annotations

import random
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import django

django.setup(set_prefix=False)

from django.db import connection, transaction

from fairline.cases.models import Case, CaseAct, CaseKeys, Declaration, Index, IndexPage, ReadMark
from fairline.core.fields import random_group
from fairline.line import services
from fairline.line.models import Post, SealedFile, Thread
from fairline.line.rows import insert
from fairline.seal.indexpages import (
    NONCE_SIZE,
    PAGE_ENTRIES,
    TEXT_MAX,
    IndexEntry,
    index_key,
    page_aad,
    seal_index,
    write_page,
)
from fairline.seal.primitives import H

SEALED = 9000
KEYS = 3000
"""Bytes of a case's keys for one person."""
PART = 500
DAYS = 1000
RARE = "quintessence"
"""A word that three reports hold."""
ENGLISH = (
    "the", "a", "of", "to", "and", "in", "near", "behind", "before", "after", "every", "night", "week", "shift", "gate",
    "store", "fuel", "key", "book", "lamp", "cable", "valve", "pump", "meter", "crate", "truck", "driver", "visitor",
    "badge", "reader", "door", "fence", "yard", "river", "weir", "tower", "office", "desk", "paper", "seal", "number",
    "someone", "nobody", "they", "we", "saw", "heard", "told", "asked", "copied", "opened", "closed", "moved", "took",
)  # fmt: skip
CHINESE = (
    "昨天", "晚上", "有人", "在", "水厂", "北门", "仓库", "复制", "钥匙", "打开", "柜子", "然后", "离开", "我", "看见",
)  # fmt: skip
ARABIC = (
    "رأيت", "شخصا", "عند", "البوابة", "الشمالية", "بعد", "منتصف", "الليل", "يفتح", "الخزانة", "ثم", "خرج", "المستودع",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """One report, as rows and as an entry."""

    id: bytes
    day: date
    answered: bool
    text: str


def made(stored: int, today: date) -> Iterator[Made]:
    """Yield reports from the oldest to the newest."""
    dice = random.Random(7)  # noqa: S311 - the same store each time
    for place in range(stored):
        words = dice.choices((ENGLISH, CHINESE, ARABIC), (6, 2, 2))[0]
        text, most = "", dice.randint(200, TEXT_MAX - 40)
        while len(text.encode()) < most:
            text += " ".join(dice.choices(words, k=12)) + ". "
        while len(text.encode()) > TEXT_MAX - len(RARE) - 1:
            text = text[:-1]
        rare = place in {stored // 5, stored // 2, stored - 10}
        day = today - timedelta(days=DAYS - place * DAYS // stored)
        text = f"{text.capitalize()} {RARE}" if rare else text.capitalize()
        yield Made(secrets.token_bytes(16), day, dice.random() < 1 / 3, text)


def main() -> None:
    """Write all of it."""
    office, desk, member = (bytes.fromhex(one) for one in sys.argv[1:4])
    if sys.argv[4] == "cases":
        for part in parts_of(member):
            with transaction.atomic():
                make_cases(office, desk, (member, bytes.fromhex(sys.argv[5])), part)
        settle()
        return
    stored = int(sys.argv[4])
    key = index_key(bytes.fromhex(sys.stdin.read().strip()), member)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")
    Index.objects.update_or_create(id=member, defaults={"office": office, "kind": "member", "change": stored})
    reports = made(stored, datetime.now(UTC).date())
    noise = secrets.token_bytes(SEALED - 16)
    page = 0
    while part := list(islice(reports, PAGE_ENTRIES)):
        with transaction.atomic():
            write(office, desk, member, part, noise)
            write_index(member, key, page, part)
        page += 1
    settle()


def settle() -> None:
    """Bring what was written into the database's own files, and let it count what it has."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "CHECKPOINT")
        cursor.execute("ANALYZE")


def write(office: bytes, desk: bytes, member: bytes, part: list[Made], noise: bytes) -> None:
    """Write the rows of these reports."""
    now = datetime.now(UTC).isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")
    days = {one.id: one.day.isoformat() for one in part}
    insert(Thread, services.THREAD_FIELDS, [
        (one.id, office, desk, 0, days[one.id], days[one.id], "arrived", one.id, H(one.id), 1, int(one.answered), 0)
        for one in part
    ])  # fmt: skip
    posts = [(one.id, chain) for one in part for chain in ("ro" if one.answered else "r")]
    insert(Post, services.POST_FIELDS, [
        (key, chain, 0, H(key), H(key), H(key), days[key], H(key) * 2) for key, chain in posts
    ])  # fmt: skip
    insert(SealedFile, services.FILE_FIELDS, [
        (random_group(), key, chain, 0, 0, "office", H(key), SEALED, key + noise, False) for key, chain in posts
    ])  # fmt: skip
    insert(Declaration, ("id", "office", "thread", "member", "kind", "at"), [
        (secrets.token_bytes(16), office, one.id, member, "none", now) for one in part
    ])  # fmt: skip
    insert(ReadMark, ("id", "office", "thread", "member", "chain", "n"), [
        (secrets.token_bytes(16), office, key, member, chain, 0) for key, chain in posts
    ])  # fmt: skip


def parts_of(member: bytes) -> Iterator[list[bytes]]:
    """Yield the ids of all that was written, some at a time."""
    pages = IndexPage.objects.filter(index_id=member, key=0).order_by("page").values_list("threads", flat=True)
    ids = [bytes(page)[at : at + 16] for page in pages for at in range(0, len(page), 16)]
    for first in range(0, len(ids), PART):
        yield ids[first : first + PART]


def make_cases(office: bytes, desk: bytes, people: tuple[bytes, bytes], part: list[bytes]) -> None:
    """Turn these reports into cases of two people."""
    now = datetime.now(UTC)
    noise = secrets.token_bytes(KEYS)
    rows = Thread.objects.filter(id__in=part).values_list("id", "r_posts", "o_posts")
    Case.objects.bulk_create(
        Case(
            id=key, office=office, desk=desk, n=0, recipient=H(key), keys=H(key), desk_copy=H(key), r_posts=r,
            o_posts=o, i_posts=0, triaged_by=people[0], triaged=now, confirmed_by=people[1],
        )
        for key, r, o in rows
    )  # fmt: skip
    insert(CaseKeys, ("id", "office", "thread", "desk", "member", "sealed"), [
        (secrets.token_bytes(16), office, key, desk, person, key + noise) for key in part for person in people
    ])  # fmt: skip
    insert(CaseAct, ("id", "office", "thread", "n", "what", "signature"), [
        (secrets.token_bytes(16), office, key, 0, noise[:400], H(key) * 2) for key in part
    ])  # fmt: skip
    SealedFile.objects.filter(thread__in=part, kind="office").update(kind="case", resealed=True)
    Thread.objects.filter(id__in=part).update(status="case", generation=0)


def write_index(member: bytes, key: bytes, page: int, part: list[Made]) -> None:
    """Write one page of the member's index, as their browser would have sealed it."""
    entries = [
        IndexEntry(one.id, (1, int(one.answered), 0), not one.answered, title=len(title_of(one.text)), text=one.text)
        for one in part
    ]
    sealed = seal_index(key, page_aad(member, page, 1), write_page(entries), secrets.token_bytes(NONCE_SIZE))
    IndexPage.objects.create(
        index_id=member, page=page, version=1, key=0, threads=b"".join(one.id for one in part), sealed=sealed
    )


def title_of(text: str) -> bytes:
    """Return the bytes of the first 140 characters."""
    return text[:140].encode()


main()
