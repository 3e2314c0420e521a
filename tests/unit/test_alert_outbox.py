"""What was decided is kept whole, sent when it may be, and tried again until it arrives."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from pipelines.alerts import outbox
from pipelines.alerts.database import AlertMemoryError
from pipelines.alerts.memory import Memory, open_memory
from pipelines.alerts.model import Alert
from pipelines.alerts.outbox import decide, decide_blocked, send_due
from pipelines.alerts.routes import Route, Routes
from pipelines.municipalities import municipalities
from tests.unit.alert_cases import (
    DAY,
    HOUR,
    NOW,
    ROUTES,
    alert,
    database,
    night,
    quiet,
    with_owner,
)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with open_memory(database(tmp_path)) as opened:
        yield opened


@dataclass
class Post:
    """Takes messages in place of a server; addresses that end as `down` says fail."""

    down: tuple[str, ...] = ()
    taken: list[tuple[str, str]] = field(default_factory=list)  # address, key
    tried: list[str] = field(default_factory=list)

    def __call__(self, url: str, subject: str, body: str, key: str, limit: float) -> str | None:
        assert subject
        assert key in body
        assert limit > 0
        self.tried.append(url[-1])
        if url.endswith(self.down):
            return "serveren svarede 500"
        self.taken.append((url[-1], key))
        return None


DOWN = Post(down=("/a", "/b"))


def test_decided_again_nothing_is_written_and_nothing_is_sent_twice(memory: Memory):
    routes, post = with_owner("kl", heartbeat=True), Post()
    alerts = [alert("101", owner="kbh"), alert("147")]
    assert decide(memory, routes, night(), alerts, NOW) == 2
    assert len(send_due(memory, routes, NOW, send=post).arrived) == 2
    assert decide(memory, routes, night(), alerts, NOW + HOUR) == 0
    assert send_due(memory, routes, NOW + HOUR, send=post).arrived == []
    assert len(post.taken) == 2


def test_a_mended_file_of_routes_tells_of_the_same_publication(memory: Memory):
    nobody = Routes("none", {}, {})
    assert decide(memory, nobody, night(), [alert()], NOW) == 0
    assert decide(memory, ROUTES, night(), [alert()], NOW) == 1


def test_a_decision_that_breaks_leaves_nothing(memory: Memory, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise RuntimeError("i midten")

    with monkeypatch.context() as patched:
        patched.setattr(Memory, "write", broken)
        with pytest.raises(RuntimeError, match="i midten"):
            decide(memory, ROUTES, night(), [alert()], NOW)
    assert memory.latest_events(DAY, "another") == []
    assert memory.told() == {}
    assert decide(memory, ROUTES, night(), [alert()], NOW) == 1


def test_events_are_those_of_the_last_other_publication_through_the_day(memory: Memory):
    first, second = alert(value=1.0), alert(value=2.0, state="worse")
    memory.remember("P1", DAY, [first])
    memory.remember("P2", DAY + timedelta(days=1), [second, alert("147")])
    assert memory.latest_events(DAY, "P9") == [first]
    assert memory.latest_events(DAY + timedelta(days=1), "P2") == [first]
    assert memory.latest_events(DAY + timedelta(days=1), "P9") == [second, alert("147")]
    again = replace(first, value=5.0)
    memory.remember("P3", DAY + timedelta(days=1), [again])
    assert memory.latest_events(DAY + timedelta(days=9), "P9") == [again, alert("147")]
    memory.remember("P2", DAY + timedelta(days=1), [second])
    assert memory.latest_events(DAY + timedelta(days=9), "P9")[0] == second


def test_the_reserve_is_tried_when_the_first_route_fails(memory: Memory):
    post = Post(down=("/a",))
    decide(memory, ROUTES, night(), [alert()], NOW)
    sent = send_due(memory, ROUTES, NOW, send=post)
    assert post.tried == ["a", "b"]
    assert [route for _, _, route in sent.arrived] == ["b"]
    assert [(failure.route, failure.reason) for failure in sent.failures] == [
        ("a", "serveren svarede 500")
    ]
    assert sent.undelivered == 0


def test_pauses_grow_to_an_hour_and_never_end(memory: Memory):
    decide(memory, ROUTES, night(), [alert()], NOW)
    now, pauses = NOW, []
    for _ in range(12):
        sent = send_due(memory, ROUTES, now, send=DOWN)
        assert sent.undelivered == 1
        [waiting] = memory.waiting()
        assert send_due(memory, ROUTES, waiting.next_attempt_at - HOUR / 3600, send=DOWN) == (
            outbox.Sent()
        )
        pauses.append((waiting.next_attempt_at - now) // timedelta(minutes=1))
        now = waiting.next_attempt_at
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]
    assert send_due(memory, ROUTES, now, send=Post()).undelivered == 0
    assert memory.waiting() == []


def test_the_log_keeps_each_attempt_with_its_reason_and_no_address(memory: Memory, tmp_path: Path):
    decide(memory, ROUTES, night(), [alert()], NOW)
    send_due(memory, ROUTES, NOW, send=Post(down=("/a",)))
    with sqlite3.connect(database(tmp_path)) as read:
        rows = read.execute("select route, outcome, reason from attempts").fetchall()
    read.close()
    assert rows == [("a", "failed", "serveren svarede 500"), ("b", "arrived", None)]


def test_a_route_that_fails_is_left_alone_for_the_round(memory: Memory):
    routes = with_owner("kl", routes=("a",))
    post = Post(down=("/a",))
    decide(memory, routes, night(), [alert(), alert("147", owner="x")], NOW)
    sent = send_due(memory, routes, NOW, send=post)
    assert post.tried == ["a"]
    assert sent.undelivered == 2
    back = Post()
    assert len(send_due(memory, routes, NOW + HOUR, send=back).arrived) == 2


def test_a_message_nobody_takes_does_not_hold_back_the_others(memory: Memory):
    """What failed waits, so what was not tried comes first in the next round."""
    routes = with_owner("kl", routes=("a",))
    decide(memory, routes, night(), [alert(), alert("147", owner="x")], NOW)
    poison = memory.waiting()[0].key

    def refuses_one(url: str, subject: str, body: str, key: str, limit: float) -> str | None:
        del url, subject, body, limit
        return "for stor" if key == poison else None

    assert send_due(memory, routes, NOW, send=refuses_one).arrived == []
    assert len(send_due(memory, routes, NOW + HOUR, send=refuses_one).arrived) == 1
    assert [waiting.key for waiting in memory.waiting()] == [poison]


def test_a_server_that_hangs_costs_one_wait_for_all_its_routes(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(outbox, "PATIENCE", 0.05)
    codes = [municipality.code for municipality in municipalities()]
    routes = replace(
        ROUTES,
        routes={code: Route(f"mailto://u:p@post.dk?to={code}@post.dk") for code in codes},
        owners={code: replace(ROUTES.owners["kbh"], routes=(code,)) for code in codes},
        default_owner="101",
    )
    tried = []

    def hangs(url: str, subject: str, body: str, key: str, limit: float) -> str | None:
        del subject, body, key
        tried.append(url)
        time.sleep(limit)
        return "svarede ikke"

    alerts = [alert(code, rule=f"r{code}", owner=code) for code in codes]
    assert decide(memory, routes, night(), alerts, NOW) == 98
    sent = send_due(memory, routes, NOW, send=hangs)
    assert len(tried) == 1
    assert sent.undelivered == 98


def test_a_round_ends_in_time(memory: Memory):
    routes = replace(
        ROUTES,
        routes={name: Route(f"json://host-{name}/") for name in "abcdefgh"},
    )
    routes = with_owner("kl", routes, routes=tuple("abcdefgh"))
    decide(memory, routes, night(), [alert()], NOW)

    def hangs(url: str, subject: str, body: str, key: str, limit: float) -> str | None:
        del url, subject, body, key
        time.sleep(min(limit, 0.1))
        return "svarede ikke"

    begun = time.monotonic()
    sent = send_due(memory, routes, NOW, send=hangs, seconds=0.3)
    assert time.monotonic() - begun < 1
    assert 1 <= len(sent.failures) < 8
    assert sent.undelivered == 1


def test_messages_wait_for_the_end_of_quiet_hours_except_urgent_ones(memory: Memory):
    routes = with_owner("kl", quiet=quiet("22:00", "07:00"))
    post = Post()
    decide(memory, routes, night(), [alert(), alert("101", owner="kbh", subject="s")], NOW)
    sent = send_due(memory, routes, NOW, send=post)  # 05:00 in Copenhagen
    assert [owner for owner, _, _ in sent.arrived] == ["kbh"]
    assert (sent.quiet, sent.undelivered) == (1, 0)
    assert decide_blocked(memory, routes, DAY, ["Noget fejlede."], "P1", NOW) == 1
    assert [owner for owner, _, _ in send_due(memory, routes, NOW, send=post).arrived] == ["kl"]
    morning = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert len(send_due(memory, routes, morning, send=post).arrived) == 1
    assert len(post.taken) == 3


def test_what_a_vanished_owner_should_have_goes_to_the_default_owner(memory: Memory):
    decide(memory, ROUTES, night(), [alert(owner="x")], NOW)
    gone = {code: owner for code, owner in ROUTES.owners.items() if code != "x"}
    post = Post()
    assert send_due(memory, replace(ROUTES, owners=gone), NOW, send=post).undelivered == 0
    assert [route for route, _ in post.taken] == ["a"]


def test_without_routes_messages_stay(memory: Memory):
    decide(memory, ROUTES, night(), [alert()], NOW)
    assert send_due(memory, Routes("none", {}, {}), NOW, send=Post()) == outbox.Sent()
    assert len(memory.waiting()) == 1


def test_one_process_sends_at_a_time(memory: Memory):
    decide(memory, ROUTES, night(), [alert()], NOW)
    with FileLock(memory.lock):
        assert send_due(memory, ROUTES, NOW, send=Post()).busy
    assert not send_due(memory, ROUTES, NOW, send=Post()).busy


def test_a_blocked_night_is_told_once_a_day_and_set_of_problems_and_ends_with_a_publication(
    memory: Memory,
):
    post = Post()
    assert decide_blocked(memory, ROUTES, DAY, ["A.", "B."], "P1", NOW) == 1
    assert decide_blocked(memory, ROUTES, DAY, ["B.", "A."], "P1", NOW) == 0
    assert decide_blocked(memory, ROUTES, DAY, ["C."], "P1", NOW) == 1
    later = NOW + timedelta(days=1)
    assert decide_blocked(memory, ROUTES, DAY + timedelta(days=1), ["A.", "B."], "P1", later) == 1
    assert len({waiting.key for waiting in memory.waiting()}) == 3
    assert memory.blocked_since() == DAY
    assert memory.latest_events(DAY + timedelta(days=9), "P") == []
    assert decide(memory, ROUTES, night(1), [], later) == 1
    assert memory.blocked_since() is None
    message = memory.waiting()[-1]
    assert message.subject == "Samtaleregnskab 25-11-2026: 1 løst"
    assert "- Natten er udgivet igen. (siden 24-11-2026)" in message.body
    assert decide(memory, ROUTES, night(1), [], later) == 0
    send_due(memory, ROUTES, later, send=post)
    assert len(post.taken) == 4


def test_going_back_and_forth_between_publications_tells_of_what_changed(memory: Memory):
    """The same message twice is sent twice: the owner had heard the opposite in between."""
    post = Post()
    for number, alerts in ((0, [alert()]), (1, [alert(state="resolved")]), (0, [alert()])):
        decide(memory, ROUTES, night(number), alerts, NOW + number * HOUR)
        send_due(memory, ROUTES, NOW + 9 * HOUR, send=post)
    assert len(post.taken) == 3
    assert post.taken[0] == post.taken[2]


def test_five_thousand_alerts_are_decided_in_less_than_two_seconds(memory: Memory):
    codes = [municipality.code for municipality in municipalities()]
    many: list[Alert] = [
        alert(code, rule=f"rule_{number}", owner=("kl", "kbh", "x")[number % 3], state="ongoing")
        for code in codes
        for number in range(52)
    ]
    assert len(many) > 5_000
    begun = time.monotonic()
    assert decide(memory, ROUTES, night(), many, NOW) == 3
    assert time.monotonic() - begun < 2
    assert len({waiting.owner for waiting in memory.waiting()}) == 3


def test_a_damaged_memory_says_so(tmp_path: Path):
    file = database(tmp_path)
    file.parent.mkdir()
    file.write_bytes(b"intet af det her er SQLite" * 100)
    with pytest.raises(AlertMemoryError, match=r"alerts\.db er beskadiget"), open_memory(file):
        pass


def test_a_memory_of_a_newer_program_is_left_alone(tmp_path: Path):
    file = database(tmp_path)
    with open_memory(file):
        pass
    with sqlite3.connect(file) as connection:
        connection.execute("pragma user_version = 99")
    connection.close()
    with pytest.raises(AlertMemoryError, match="nyere program"), open_memory(file):
        pass
