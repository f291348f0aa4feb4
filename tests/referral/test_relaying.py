"""A report is handed over until it is promised, and taken once, whatever the other side says or does not say."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from itertools import repeat

import pytest

from cases.casework import NOW
from fairline.core import outbound
from fairline.ledger import promises
from fairline.referral import hosts, relaying
from fairline.referral.models import Referral
from fairline.seal.charter import Peer
from fairline.seal.primitives import b64
from referral.other_office import CHALLENGE, OtherOffice, Said, said, standing
from referral.our_office import Waiting

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def test_it_is_promised_and_nothing_sealed_is_kept(waiting, there):
    assert waiting.deliver() == ("promised", "")
    row = waiting.row
    assert (row.sealed, str(row.promised), list(there.taken)) == (b"", "2026-05-04", [row.id])
    # Once for the arithmetic, once with it; then never again.
    assert len(there.came) == 2
    waiting.deliver(NOW + HOUR)
    assert len(there.came) == 2


def test_an_office_that_is_away_is_asked_again_ever_more_rarely_and_nothing_is_lost(waiting, there, monkeypatch):
    monkeypatch.setattr(hosts, "exchange", gone)
    now, pauses = NOW, []
    for _try in range(14):
        assert waiting.deliver(now) == ("waiting", "connection")
        pauses.append(relaying.next_due(now) - now)
        now += pauses[-1]
    assert pauses[0] == timedelta(seconds=2)
    assert pauses[-1] == HOUR
    monkeypatch.setattr(hosts, "exchange", outbound.exchange)
    assert waiting.deliver(now) == ("promised", "")


def gone(*_asked: object) -> outbound.Answer:
    raise ConnectionRefusedError


def test_an_answer_that_is_lost_makes_no_second_report(waiting, there):
    """The other office has taken it and we do not know: the same bytes again bring the same promise."""

    def loses(office: OtherOffice, path: str, body: bytes) -> Said:
        found = office.honest(path, body)
        if found.status == 200:
            office.answer = None
            return Said(200, iter([b'{"promi']), {"Content-Length": "400"})
        return found

    there.answer = loses
    assert waiting.deliver()[0] == "waiting"
    assert len(there.taken) == 1
    assert waiting.deliver(NOW + HOUR) == ("promised", "")
    assert len(there.taken) == 1


def other_promise(office: OtherOffice, path: str, body: bytes) -> Said:
    """What another office would promise: its key is not the one that the member's browser has proven."""
    return OtherOffice(office.id).honest(path, body)


def other_leaf(office: OtherOffice, path: str, body: bytes) -> Said:
    """A promise of the right office, of something else."""
    found = office.honest(path, body)
    promise = promises.make(office.id, bytes(96), "2026-05-04", office.seed)
    return said(200, {"promise": promise.fields()}) if found.status == 200 else found


def rubbish(_office: OtherOffice, _path: str, _body: bytes) -> Said:
    return Said(200, iter([b"\xff\x00 no JSON"]), {"Content-Length": "10"})


def redirects(office: OtherOffice, _path: str, _body: bytes) -> Said:
    return said(307, {}, Location=f"http://{office.host}/elsewhere")


def endless(_office: OtherOffice, _path: str, _body: bytes) -> Said:
    return Said(200, repeat(b" " * 65536))


def too_hard(_office: OtherOffice, _path: str, _body: bytes) -> Said:
    return said(409, {"error": "work", "message": "", "work": CHALLENGE.fields() | {"cost": 1 << 20, "bits": 24}})


def never_enough(_office: OtherOffice, _path: str, _body: bytes) -> Said:
    return said(409, {"error": "work", "message": "", "work": CHALLENGE.fields()})


def no_http(_office: OtherOffice, _path: str, _body: bytes) -> Said:
    return Said(200, iter([b"zz\r\n"]), {"Transfer-Encoding": "chunked"})


LIES = [
    (rubbish, "promise"), (other_promise, "promise"), (other_leaf, "promise"), (redirects, "redirect"),
    (endless, "long"), (too_hard, "work"), (never_enough, "work"), (no_http, "protocol"),
    (lambda *_: said(500, {}), "server"), (lambda *_: said(409, {"error": "full", "message": "<script>"}), "full"),
]  # fmt: skip


@pytest.mark.parametrize(("lie", "word"), LIES)
def test_whatever_is_no_promise_is_named_and_it_is_tried_again(waiting, there, lie, word):
    there.answer = lie
    assert waiting.deliver() == ("waiting", word)
    assert waiting.row.sealed
    assert not any("elsewhere" in path for path, _body in there.came)
    there.answer = None
    there.taken.clear()
    assert waiting.deliver(NOW + HOUR) == ("promised", "")


def test_who_says_one_byte_now_and_then_holds_nobody_up(waiting, there, monkeypatch):
    monkeypatch.setattr(hosts, "SECONDS", 0.3)
    over = threading.Event()

    def drips() -> Iterator[bytes]:
        while not over.wait(0.05):
            yield b" "

    there.answer = lambda *_: Said(200, drips())
    assert waiting.deliver() == ("waiting", "silence")
    over.set()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("epoch", ("stale", "epoch")), ("closed", ("waiting", "closed")), ("taken", ("refused", "taken")),
        ("no-desk", ("refused", "no-desk")), ("what-nobody-knows", ("refused", "refused")),
    ],
)  # fmt: skip
def test_a_refusal_of_the_other_door_has_a_word_of_ours(waiting, there, code, found):
    there.answer = lambda *_: said(409, {"error": code, "message": "theirs"})
    assert waiting.deliver() == found
    assert waiting.row.sealed


def test_who_left_the_charter_gets_nothing_that_still_waits(waiting, there):
    waiting.name()
    assert waiting.deliver() == ("waiting", "unnamed")
    assert there.came == []
    waiting.name(there.host)
    assert waiting.deliver(NOW + HOUR)[0] == "promised"


def test_what_was_sealed_anew_meanwhile_is_not_taken_for_promised(waiting, monkeypatch):
    ask = hosts.ask

    def overtaken(*asked: object, **more: object) -> outbound.Answer:
        found = ask(*asked, **more)
        if found.status == 200:
            Referral.objects.filter(id=waiting.row.id).update(content=bytes(32))
        return found

    monkeypatch.setattr(hosts, "ask", overtaken)
    assert waiting.deliver()[0] == "waiting"


HOSTS = (
    "localhost@evil.example", "evil.example/x", "[::1]:80", "evil.example:0", "evil.example:65536", "A.example",
    "evil..example", "",
)  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_what_only_looks_like_a_host_is_none(waiting, there, host):
    waiting.name(host)
    assert waiting.deliver() == ("waiting", "unnamed")
    assert there.came == []


def test_no_private_network_is_asked_unless_the_settings_allow_it(waiting, there, allowed):
    allowed(private=False)
    assert hosts.origin(there.host) == f"https://{there.host}"
    assert waiting.deliver() == ("waiting", "private")
    assert there.came == []


def test_of_several_offices_behind_a_host_the_one_that_the_charter_names_is_asked(waiting, there, monkeypatch):
    others = [OtherOffice(), OtherOffice()]

    def lists(_office: OtherOffice, path: str, _body: bytes) -> Said:
        if path == "/offices":
            return said(200, {"v": 1, "offices": [{"id": b64(one.id), "names": {}} for one in (*others, there)]})
        return said(200, {"whose": path})

    there.answer = lists
    named = Peer(waiting.F, there.host)
    with pytest.raises(hosts.NotThereError):
        hosts.manifest(named)
    monkeypatch.setattr(hosts, "_is", lambda body, *_: b64(there.id) in json.loads(body)["whose"])
    assert json.loads(hosts.manifest(named)) == {"whose": f"/at/{b64(there.id)}/manifest"}


def test_a_host_that_is_slow_with_each_of_many_offices_holds_nobody_up(waiting, there, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(hosts.time, "monotonic", lambda: now[0])

    def slow(_office: OtherOffice, path: str, _body: bytes) -> Said:
        now[0] += 15
        if path == "/offices":
            return said(200, {"v": 1, "offices": [{"id": b64(bytes([at] * 16)), "names": {}} for at in range(64)]})
        return said(200, {})

    there.answer = slow
    with pytest.raises(outbound.OutboundError, match="silence"):
        hosts.manifest(Peer(waiting.F, there.host))
    assert now[0] <= hosts.LOOKING + hosts.SECONDS


def test_a_door_that_closes_and_opens_again_takes_it_once(waiting):
    away = OtherOffice()
    with standing(away):
        other = Waiting(away, waiting.named)
    assert other.deliver() == ("waiting", "connection")
    with standing(away):
        assert other.deliver(NOW + HOUR)[0] == "promised"
    assert list(away.taken) == [other.row.id]
