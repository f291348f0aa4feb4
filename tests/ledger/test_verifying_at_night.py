"""`fairline verify` beside a night that is under way: it waits for what is being shown, and finds what was altered."""

import itertools
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from fairline.core import publication
from fairline.core.published.models import PublicFile
from fairline.core.transactions import writing
from fairline.ledger import publishing, queries, services, shown, stored, verifying
from fairline.ledger.checkpoints import ACTS, ARRIVALS, LOGS
from fairline.ledger.models import Batch, Row, Waiting
from fairline.ledger.verifying import verify, what_became
from support.records import FOUNDED

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


class Stepped:
    """A night in a thread of its own: it stops after each log that it stores, and before each file that it shows."""

    def __init__(self, monkeypatch):
        self.may, self.stands = threading.Semaphore(0), threading.Semaphore(0)
        self.over = True
        self.fault = None
        self.showing = False
        """Whether it stands before a public file, and not in the middle of storing a day, when nobody else writes."""
        self.thread = None
        for module, name, before in ((publishing, "_append", False), (publication, "publish", True)):
            monkeypatch.setattr(module, name, self._stopping(getattr(module, name), before=before))

    def _stopping(self, act, *, before):
        def stopping(*what, **how):
            ours = threading.current_thread() is self.thread
            if ours and before:
                self._stop(showing=True)
            done = act(*what, **how)
            if ours and not before:
                self._stop(showing=False)
            return done

        return stopping

    def _stop(self, *, showing):
        self.showing = showing
        self.stands.release()
        self.may.acquire()

    def begin(self, office, day):
        """Let the night after ``day`` begin, up to its first stop."""
        now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + DAY

        def night():
            try:
                services.publish_due(office, now)
            except BaseException as error:  # noqa: BLE001 - raised in the test's own thread
                self.fault = error
            finally:
                self.over = True
                connections.close_all()
                self.stands.release()

        self.over = self.showing = False
        self.thread = threading.Thread(target=night)
        self.thread.start()
        self.stands.acquire()

    def step(self, *_seconds):
        """Let it go on to its next stop."""
        if not self.over:
            self.may.release()
            self.stands.acquire()
        if self.fault is not None:
            raise self.fault

    def ends(self):
        """Let it go on to its end."""
        while not self.over:
            self.step()
        self.thread.join()


@pytest.fixture
def night(monkeypatch):
    stepped = Stepped(monkeypatch)
    yield stepped
    stepped.ends()


def acts_on(record, day):
    with writing():
        services.record_act(
            record.office, b'{"act":"clock stopped"}', None, datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        )


def filled(record, day):
    """A day with reports and an act."""
    for _ in range(2):
        record.arrive(day)
    acts_on(record, day)


def without_waiting(_seconds):
    pass


def in_another_thread(act):
    def doing():
        act()
        connections.close_all()

    other = threading.Thread(target=doing)
    other.start()
    other.join()


def test_at_each_step_of_a_night_an_honest_record_passes_and_an_altered_one_does_not(record, night):
    waited = found = 0

    def goes_on(_seconds):
        nonlocal waited
        waited += 1
        night.step()

    for steps in itertools.count():
        day = FOUNDED + steps * DAY
        filled(record, day)
        night.begin(record.office, day)
        for _ in range(steps):
            night.step()
        if night.over:
            break
        if night.showing:
            found += finds_what_is_altered(record, steps)
        assert list(verify(record.office, goes_on)) == []
        night.ends()
        assert list(verify(record.office, without_waiting)) == []
    assert steps > 10
    assert waited > 20
    assert found > 20


def finds_what_is_altered(record, steps):
    """Alter this and that, in a night that stands still, and put it right again; return how much it was."""
    act, post = Row.objects.get(office=record.office, number=1), record.posts.pop()
    Row.objects.filter(pk=act.pk).update(row=b'{"act":"shred"}')
    paths = (f"{ARRIVALS}/{FOUNDED}", f"{ACTS}/{FOUNDED}/head", f"{ACTS}/tile/0/000") if steps else ()
    files = list(PublicFile.objects.filter(office=record.office, path__in=paths))
    PublicFile.objects.filter(pk__in=[file.pk for file in files]).update(body=b"other")
    said = list(verify(record.office, without_waiting))
    assert "The act 1 of 2026-03-02 was altered." in said
    assert any("whose row was removed" in sentence for sentence in said)
    for path in paths:
        assert f"The public file {path} is not what the record says." in said
    act.save()
    record.posts.append(post)
    for file in files:
        file.save()
    return 2 + len(files)


def test_a_night_that_broke_off_is_said_to_have_and_the_next_one_puts_it_right(record, monkeypatch):
    filled(record, FOUNDED)
    services.publish_day(record.office, FOUNDED)
    filled(record, FOUNDED + DAY)
    with monkeypatch.context() as broken:
        broken.setattr(publishing, "_show", lambda *_what: None)
        services.publish_day(record.office, FOUNDED + DAY)
    looks = []
    said = list(verify(record.office, looks.append))
    assert sum(looks) == 2 * shown.LOOKS * shown.INTERVAL
    assert f"The public file {ARRIVALS}/{FOUNDED + DAY} is missing." in said
    assert [name for name in LOGS for one in said if f"{name}/checkpoint is that of an earlier day" in one] == list(
        LOGS
    )
    services.publish_due(record.office, datetime(2026, 3, 4, 13, 0, tzinfo=UTC))
    assert list(verify(record.office, without_waiting)) == []


def test_a_checkpoint_that_was_put_back_or_changed_is_no_night(record):
    for day in range(2):
        services.publish_day(record.office, FOUNDED + day * DAY)
    file = PublicFile.objects.get(office=record.office, path=f"{ARRIVALS}/checkpoint")
    file.body = Batch.objects.get(log__name=ARRIVALS, log__office=record.office, day=FOUNDED).checkpoint
    file.save()
    (said,) = verify(record.office, without_waiting)
    assert "a night broke off before it had shown its day, or it was put back" in said
    file.body = file.body.replace(b"\n256\n", b"\n257\n")
    file.save()
    assert list(verify(record.office, without_waiting)) == [
        f"The public file {ARRIVALS}/checkpoint is not what the record says."
    ]


@pytest.mark.parametrize("part", ["_log", "_arrivals", "_acts"])
def test_what_comes_while_the_record_is_read_is_no_fault(record, monkeypatch, part):
    """Reports, acts and a whole night between any two parts of a check."""
    filled(record, FOUNDED)
    held = list(record.posts)
    monkeypatch.setitem(stored._posts, "tests", lambda _office: iter(held))
    act, days = getattr(verifying, part), itertools.count()

    def meanwhile(*what):
        day = FOUNDED + next(days) * DAY
        in_another_thread(lambda: (filled(record, day), services.publish_day(record.office, day)))
        yield from act(*what)

    monkeypatch.setattr(verifying, part, meanwhile)
    assert list(verify(record.office, without_waiting)) == []
    assert next(days) > 0


def test_an_acknowledgement_asked_about_in_the_very_minute_of_its_night_is_kept(record, monkeypatch):
    promise, seed = record.arrive(), verifying.keys.promise_seed

    def meanwhile(office):
        in_another_thread(lambda: services.publish_day(office, FOUNDED))
        return seed(office)

    with monkeypatch.context() as asked:
        asked.setattr(verifying.keys, "promise_seed", meanwhile)
        assert what_became(promise).sentence.endswith("The entry waits for that night.")
    assert not Waiting.objects.filter(office=record.office).exists()
    assert what_became(promise).sentence.endswith(f"the entry stands in the record of {FOUNDED}.")


def test_a_check_holds_up_nobody_who_writes(record, monkeypatch):
    """On SQLite whoever begins as a writer does is the only one."""
    filled(record, FOUNDED)
    written = []

    def meanwhile(*what):
        in_another_thread(lambda: written.append(record.arrive()))
        return iter(())

    monkeypatch.setattr(verifying, "_arrivals", meanwhile)
    monkeypatch.setattr(verifying, "_acts", lambda *_what: iter(()))
    list(verify(record.office, without_waiting))
    (promise,) = written
    assert Waiting.objects.filter(entry=promise.leaf).exists()
    assert queries.newest_day(record.office, ARRIVALS) is None
