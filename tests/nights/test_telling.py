"""What nights tell: once, to the right owner; and what a blocked or killed night leaves to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines import stages
from pipelines.alerts import telling
from pipelines.alerts.telling import local_now, messages_due, send_waiting, tell_publication
from pipelines.outcome import Outcome
from pipelines.progress import show_nothing
from pipelines.running import run_night
from pipelines.settings import Home
from tests.nights.deliveries import (
    FIRST_MEETINGS,
    MEETINGS,
    ask,
    deliver,
    publication_id,
    put,
)
from tests.servers import Inbox, web_server

ALERTS = "select rule, coalesce(municipality_code, ''), state, owner from alerts order by all"
ROUTES = """
default_owner: kl
routes:
  hook: {{url: "json://127.0.0.1:{port}/"}}
owners:
  kl: {{name: KL, routes: [hook], heartbeat: true}}
  odense: {{name: Odense, municipalities: ["461"], routes: [hook]}}
silences:  # 96 municipalities have not delivered, and that is not what is looked at here
  - {{rule: delivery_missing, until: 2099-12-31, reason: "Kun to leverer"}}
"""


def night(home: Home, as_of: date | None = None) -> Outcome:
    return run_night(home, as_of, show_nothing)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with web_server() as opened:
        yield opened


@pytest.fixture
def home(day_after: Home, inbox: Inbox) -> Home:
    """The home after its first night, all of it told; since then Odense sent a useless file."""
    day_after.routes.write_text(ROUTES.format(port=inbox.port))
    tell_publication(day_after, local_now() - timedelta(days=1))
    inbox.taken.clear()
    put(day_after, b"navn;farve\nja;nej\n", "461", "2024-06-04", "skema.csv")
    return day_after


def bodies(inbox: Inbox) -> list[str]:
    return [body for _, body in inbox.taken]


def test_a_night_without_routes_says_that_nobody_is_told(day_after: Home) -> None:
    assert any("alerts.yaml" in note for note in night(day_after).notes)
    assert ask(day_after, "select distinct owner from alerts") == [("none",)]


def test_each_owner_gets_one_message_and_the_same_data_tells_nothing_twice(
    home: Home, inbox: Inbox
) -> None:
    assert night(home).published
    [to_kl, to_odense] = sorted(bodies(inbox), key=lambda body: "Til: Odense" in body)
    assert "Natten kørte" in to_kl
    assert "Odense: filer i den seneste leverance, der ikke kunne læses: 1." in to_odense
    assert "Gør: Kvitteringen siger" in to_odense
    assert ("delivery_unreadable", "461", "new", "odense") in ask(home, ALERTS)
    assert night(home).published
    assert len(inbox.taken) == 2


def test_what_is_mended_is_told_as_resolved(home: Home, inbox: Inbox) -> None:
    assert night(home).published
    inbox.taken.clear()
    deliver(home, MEETINGS, FIRST_MEETINGS[:1], code="461", day="2024-06-05", name="rettet.csv")
    assert night(home).published
    assert ("delivery_unreadable", "461", "resolved", "odense") in ask(home, ALERTS)
    [told] = [body for body in bodies(inbox) if "Til: Odense" in body]
    assert "Løst (1):" in told


def test_looking_back_tells_nothing_and_disturbs_nothing(home: Home, inbox: Inbox) -> None:
    assert night(home).published
    told = len(inbox.taken)
    assert night(home, date(2024, 6, 3)).published
    assert night(home).published
    assert len(inbox.taken) == told
    assert ("delivery_unreadable", "461", "new", "odense") in ask(home, ALERTS)


def test_a_blocked_night_is_told_and_the_next_publication_ends_it(
    home: Home, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing = publication_id(home)
    with monkeypatch.context() as patch:
        patch.setattr(stages, "publish_counts", _break)
        outcome = night(home)
        assert (outcome.published, outcome.blocked) == (False, True)
        night(home)  # the same problem again, the same day
    send_waiting(home, local_now())
    [told] = bodies(inbox)
    assert f"Natten blev IKKE udgivet. Udgivelsen {standing} står." in told
    assert night(home).published
    [to_kl] = [body for body in bodies(inbox)[1:] if "Til: KL" in body]
    assert "Natten er udgivet igen." in to_kl


def test_a_night_killed_before_it_could_tell_is_told_of_by_the_next(
    home: Home, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where what was wrong is mended in between: nothing that was published goes untold."""
    with monkeypatch.context() as patch:
        patch.setattr("assets.told.tell_publication", lambda *_: telling.Told())
        assert night(home).published
    assert inbox.taken == []
    deliver(home, MEETINGS, FIRST_MEETINGS[:1], code="461", day="2024-06-05", name="rettet.csv")
    assert night(home).published
    told = [body for body in bodies(inbox) if "Til: Odense" in body]
    assert any("filer i den seneste leverance, der ikke kunne læses" in body for body in told)
    assert ("delivery_unreadable", "461", "resolved", "odense") in ask(home, ALERTS)


def test_a_server_that_is_down_holds_up_nothing_and_is_tried_again(
    home: Home, inbox: Inbox
) -> None:
    inbox.mode = "500"
    outcome = night(home)
    assert outcome.published
    assert any("kom ikke frem: serveren svarede 500" in note for note in outcome.notes)
    inbox.mode = "ok"
    later = local_now().replace(year=local_now().year + 1)
    assert messages_due(home, later)
    assert send_waiting(home, later).sent == 2
    assert not messages_due(home, later)


@pytest.mark.parametrize("broken", ["routes: [", "default_owner: ingen\nroutes: {}\nowners: {}\n"])
def test_a_broken_file_of_routes_is_said_and_told_of_when_it_is_mended(
    home: Home, inbox: Inbox, broken: str
) -> None:
    whole = home.routes.read_text()
    home.routes.write_text(broken)
    outcome = night(home)
    assert outcome.published
    assert any("alerts.yaml" in note for note in outcome.notes)
    states = {(str(rule), str(state)) for rule, _, state, _ in ask(home, ALERTS)}
    assert ("delivery_missing", "ongoing") in states  # what was known stays known
    assert ("delivery_missing", "new") not in states
    home.routes.write_text(whole)
    assert night(home).published
    assert any("Til: Odense" in body for body in bodies(inbox))


def test_a_damaged_memory_stops_the_night_until_it_is_put_back(home: Home) -> None:
    assert night(home).published
    before, standing = ask(home, ALERTS), publication_id(home)
    content = home.alert_memory.read_bytes()
    turned = content.replace(b"delivery_unreadable", b"delivery_unreadablf")
    assert turned != content
    home.alert_memory.write_bytes(turned)
    put(home, b"navn;farve\nja;nej\n", "101", "2024-06-05", "skema.csv")
    outcome = night(home)
    assert not outcome.published
    [problem] = outcome.problems
    assert problem.startswith("alerts.db er beskadiget")
    assert "sikkerhedskopi" in problem
    assert publication_id(home) == standing
    home.alert_memory.write_bytes(content)
    assert night(home).published
    assert set(before) < {
        (rule, code, {"ongoing": "new"}.get(str(state), state), owner)
        for rule, code, state, owner in ask(home, ALERTS)
    }


def test_no_message_and_no_memory_holds_a_person(home: Home, inbox: Inbox) -> None:
    assert night(home).published
    keys = {str(key) for (key,) in ask(home, "select distinct citizen_key from meetings")}
    written = (home.alert_memory.read_bytes() + "".join(bodies(inbox)).encode()).decode("latin-1")
    assert len(keys) > 2
    assert not [key for key in keys - {"None"} if key in written]


def _break(_engine: object) -> Path:
    raise MemoryError
