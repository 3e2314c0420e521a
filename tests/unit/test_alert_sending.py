"""Messages through apprise to real servers on loopback that take them, fail, hang and come back."""

from __future__ import annotations

import logging
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.alerts import outbox
from pipelines.alerts.memory import Memory, open_memory
from pipelines.alerts.outbox import Sent, decide, send_due
from pipelines.alerts.routes import Route, Routes
from pipelines.alerts.sending import deliver, is_address, server_of
from tests.servers import Inbox, mail_server, web_server
from tests.unit.alert_cases import HOUR, NOW, ROUTES, alert, database, night, with_owner

PATIENCE = 1.0  # seconds a hanging server is given


Server = Callable[[], AbstractContextManager[Inbox]]
Address = Callable[[int], str]


@contextmanager
def hanging_server() -> Iterator[int]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def hook(port: int) -> str:
    return f"json://bruger:hemmelig@127.0.0.1:{port}/hook"


def mail(port: int) -> str:
    return f"mailto://127.0.0.1:{port}?from=samtaler@example.dk&to=kl@example.dk&mode=insecure"


def routes_to(*urls: str) -> Routes:
    names = tuple(f"route-{number}" for number in range(len(urls)))
    routes = replace(ROUTES, routes=dict(zip(names, map(Route, urls), strict=True)))
    return with_owner("kl", routes, routes=names)


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "PATIENCE", PATIENCE)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with open_memory(database(tmp_path)) as opened:
        decide(opened, ROUTES, night(), [alert("101"), alert("147")], NOW)
        yield opened


def rounds(memory: Memory, routes: Routes, count: int = 1, first: int = 0) -> list[Sent]:
    """Rounds of sending, two hours apart."""
    return [
        send_due(memory, routes, NOW + 2 * HOUR * number) for number in range(first, first + count)
    ]


SERVERS = pytest.mark.parametrize(
    ("server", "address"), [(web_server, hook), (mail_server, mail)], ids=["http", "smtp"]
)


@SERVERS
def test_a_message_arrives_with_its_key_and_danish_letters(
    server: Server,
    address: Address,
    memory: Memory,
):
    with server() as inbox:
        [sent] = rounds(memory, routes_to(address(inbox.port)))
    assert sent.undelivered == 0
    [(key, body)] = inbox.taken
    assert f"Besked-id: {key}" in body
    assert "Gør: Se på samtaleformerne." in body
    assert body.splitlines()[0] == "Nye (2):"


@SERVERS
def test_a_server_that_fails_and_comes_back_gets_the_message_once(
    server: Server,
    address: Address,
    memory: Memory,
):
    with server() as inbox:
        routes = routes_to(address(inbox.port))
        inbox.mode = "500"
        failed = rounds(memory, routes, 3)
        assert [sent.undelivered for sent in failed] == [1, 1, 1]
        inbox.mode = "ok"
        [sent, after] = rounds(memory, routes, 2, first=3)
    assert sent.undelivered == 0
    assert after == Sent()
    assert len(inbox.taken) == 1


@SERVERS
def test_a_repeat_after_a_lost_reply_carries_the_same_key(
    server: Server,
    address: Address,
    memory: Memory,
):
    with server() as inbox:
        routes = routes_to(address(inbox.port))
        inbox.mode = "drop"
        assert [sent.undelivered for sent in rounds(memory, routes, 2)] == [1, 1]
        inbox.mode = "ok"
        rounds(memory, routes, 1, first=2)
    assert len(inbox.taken) == 3
    assert len(set(inbox.keys)) == 1
    assert len({body for _, body in inbox.taken}) == 1


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("address", [hook, mail], ids=["http", "smtp"])
def test_a_server_that_hangs_costs_one_wait_and_the_reserve_gets_the_message(
    address: Address,
    memory: Memory,
):
    with hanging_server() as port, web_server() as inbox:
        begun = time.monotonic()
        [sent] = rounds(memory, routes_to(address(port), hook(inbox.port)))
        assert time.monotonic() - begun < 3 * PATIENCE
    assert [failure.reason for failure in sent.failures] == [
        f"svarede ikke inden for {PATIENCE:g} sekunder"
    ]
    assert sent.undelivered == 0
    assert len(inbox.taken) == 1


@pytest.mark.usefixtures("_impatient")
def test_a_hook_that_hangs_after_the_request_and_comes_back_gets_the_message(memory: Memory):
    with web_server() as inbox:
        inbox.mode = "hang"
        routes = routes_to(hook(inbox.port))
        [sent] = rounds(memory, routes)
        assert sent.undelivered == 1
        inbox.mode = "ok"
        rounds(memory, routes, 1, first=1)
        assert len(inbox.taken) == 1


def test_a_server_that_is_not_there_is_tried_until_it_is(memory: Memory):
    with socket.create_server(("127.0.0.1", 0)) as free:
        gone = free.getsockname()[1]
    with web_server() as inbox:
        assert rounds(memory, routes_to(hook(gone)))[0].failures[0].reason == (
            "serveren tog ikke imod"
        )
        assert rounds(memory, routes_to(hook(inbox.port)), first=1)[0].undelivered == 0
    assert len(inbox.taken) == 1


def test_the_status_of_a_refusal_is_told_and_nothing_else(
    memory: Memory, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    logged: list[str] = []
    listening = logging.Handler()
    monkeypatch.setattr(listening, "emit", lambda record: logged.append(record.getMessage()))
    monkeypatch.setattr(logging.getLogger("apprise"), "level", logging.DEBUG)
    monkeypatch.setattr(logging.getLogger(), "handlers", [listening])
    with web_server() as inbox:
        inbox.mode = "500"
        [sent] = rounds(memory, routes_to(hook(inbox.port)))
    assert [failure.reason for failure in sent.failures] == ["serveren svarede 500"]
    said = "".join(capfd.readouterr()) + " ".join(logged) + repr(sent)
    assert not re.search(r"hemmelig|bruger:|127\.0\.0\.1|/hook", said)


@pytest.mark.parametrize(
    ("address", "usable"),
    [
        ("json://localhost:8080/hook", True),
        ("mailtos://navn:kode@example.dk?to=kl@example.dk", True),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#kanal", True),
        ("jsn://localhost", False),
        ("json://", False),
        ("json://[::1", False),
        ("kl@example.dk", False),
        ("", False),
    ],
)
def test_an_address_is_one_that_apprise_knows(address: str, usable: bool):
    assert is_address(address) is usable


def test_an_address_that_cannot_be_used_is_an_answer_and_no_error():
    assert deliver("jsn://u:hemmelig@h", "Emne", "Tekst", "k", 5) == "adressen kan ikke bruges"


def test_addresses_on_one_server_are_known_as_such():
    assert server_of("mailto://a:b@post.dk?to=x@y.dk") == server_of(
        "mailto://c:d@post.dk?to=z@y.dk"
    )
    assert server_of("mailto://a:b@x.dk?smtp=post.dk") == "post.dk"
    assert server_of("json://localhost:1/a") != server_of("json://localhost:2/a")
