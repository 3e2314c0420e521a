"""`samtaler alerts`: list, resend and silence, with sentences and exit codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from pipelines.alerts.memory import open_memory
from pipelines.alerts.model import Alert
from pipelines.alerts.outbox import decide
from pipelines.alerts.routes import load_routes
from pipelines.alerts.rules import rule_names
from pipelines.cli.main import samtaler
from pipelines.settings import Home, find_home
from tests.unit.alert_cases import HOUR, alert, night
from tests.unit.test_alert_sending import Inbox, web_server

OPEN = replace(alert(owner="kl"), message_da="Gabet er \x1b[31mstort.")
ALERTS = [
    OPEN,
    alert("147", state="resolved"),
    replace(alert("151", state="silenced"), silenced_until=date(2026, 12, 31)),
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return find_home(str(tmp_path))


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with web_server() as server:
        yield server


def call(home: Home, *arguments: str) -> Result:
    return CliRunner().invoke(samtaler, ["alerts", *arguments, "--home", str(home.root)])


def publish(home: Home, alerts: list[Alert]) -> None:
    home.published.mkdir(parents=True)
    with duckdb.connect(str(home.publication)) as connection:
        connection.execute(
            """
            create table alerts (
              alert_id text, rule text, municipality_code text, target_group text, subject text,
              period date, value double, threshold double, cases bigint, since date, state text,
              owner text, silenced_until date, message_da text, message_en text, fix_da text
            )
            """
        )
        marks = ", ".join("?" * 16)
        connection.executemany(
            f"insert into alerts values ({marks})", [astuple(one) for one in alerts]
        )


def write_routes(home: Home, port: int, extra: str = "") -> None:
    home.routes.write_text(
        f"""\
default_owner: kl
routes:
  krog: {{url: "json://u:hemmelig@127.0.0.1:{port}/hook"}}
owners:
  kl: {{name: KL's datateam, routes: [krog]{extra}}}
""",
        encoding="utf-8",
    )


def write_message(home: Home, before: timedelta = HOUR) -> str:
    routes = load_routes(home.routes, rule_names())
    with open_memory(home.alert_memory) as memory:
        decide(memory, routes, night(), [OPEN], datetime.now(UTC) - before)
        return memory.waiting()[0].key


def test_the_list_shows_open_alerts_and_with_all_the_rest(home: Home):
    publish(home, ALERTS)
    shown = call(home, "list")
    assert shown.exit_code == 0
    assert shown.stdout.splitlines() == [
        "Varsler: 1",
        "  ny · siden 24-11-2026 · kl · gap_above_history: Gabet er �[31mstort.",
        "Beskeder, der venter: 0",
    ]
    everything = call(home, "list", "--all").stdout
    assert "Varsler: 3\n" in everything
    assert "gjort tavs til og med 31-12-2026 · siden" in everything
    assert "  løst · siden" in everything


def test_the_list_needs_no_publication(home: Home):
    shown = call(home, "list")
    assert shown.exit_code == 0
    assert "Der er ingen udgivelse endnu." in shown.stderr
    assert "Beskeder, der venter: 0" in shown.stdout


def test_a_publication_without_alerts_says_so(home: Home):
    home.published.mkdir(parents=True)
    duckdb.connect(str(home.publication)).close()
    shown = call(home, "list")
    assert shown.exit_code == 1
    assert "Udgivelsen har ingen varsler med." in shown.stderr


def test_resend_sends_what_waits_and_the_list_tells_of_it(home: Home, inbox: Inbox):
    write_routes(home, inbox.port)
    key = write_message(home)
    sent = call(home, "resend")
    assert sent.exit_code == 0
    assert "Sendt til kl ad krog: Samtaleregnskab 24-11-2026: 1 ny\n" in sent.stdout
    assert inbox.keys == [key]
    again = call(home, "resend")
    assert (again.exit_code, again.stdout) == (0, "0 sendt, 0 venter på et nyt forsøg.\n")
    assert "kl: Samtaleregnskab 24-11-2026: 1 ny (" in call(home, "list", "--all").stdout


def test_what_was_not_delivered_is_exit_1_and_stays(home: Home, inbox: Inbox):
    write_routes(home, inbox.port)
    write_message(home)
    inbox.mode = "500"
    sent = call(home, "resend")
    assert sent.exit_code == 1
    assert sent.stderr == "Ikke sendt til kl ad krog: serveren svarede 500.\n"
    assert "0 sendt, 1 venter på et nyt forsøg." in sent.stdout
    listed = call(home, "list").stdout
    assert "· forsøgt 1 gange (serveren svarede 500) · igen " in listed
    assert "hemmelig" not in sent.output + listed


def test_a_dry_run_shows_the_message_and_sends_nothing(home: Home, inbox: Inbox):
    write_routes(home, inbox.port)
    key = write_message(home)
    shown = call(home, "resend", "--dry-run")
    assert shown.exit_code == 0
    assert "--- kl ad krog\nSamtaleregnskab 24-11-2026: 1 ny\n\nNye (1):\n" in shown.stdout
    assert f"Besked-id: {key}" in shown.stdout
    assert "hemmelig" not in shown.output
    assert inbox.taken == []
    assert call(home, "resend").exit_code == 0
    assert inbox.keys == [key]


def test_without_routes_nobody_is_told_and_that_is_said(home: Home):
    sent = call(home, "resend")
    assert sent.exit_code == 0
    assert "Ingen får besked" in sent.stderr


def test_a_broken_file_of_routes_is_exit_2(home: Home):
    write_routes(home, 1, extra=", heartbeat: måske")
    sent = call(home, "resend")
    assert sent.exit_code == 2
    assert sent.stderr.startswith("alerts.yaml, linje 5, owners, kl, heartbeat: ")


def test_a_damaged_memory_is_exit_1(home: Home):
    write_routes(home, 1)
    home.state.mkdir()
    home.alert_memory.write_bytes(b"x" * 5_000)
    for command in ("list", "resend"):
        answer = call(home, command)
        assert answer.exit_code == 1
        assert "alerts.db er beskadiget" in answer.stderr


def test_a_rule_is_silenced_with_reason_and_end(home: Home):
    write_routes(home, 1)
    until = (datetime.now(UTC) + timedelta(days=30)).date()
    arguments = ("--until", f"{until}", "--reason", "Nyt fagsystem", "--municipality", "101")
    assert call(home, "silence", "gap_above_history", *arguments).exit_code == 0
    routes = load_routes(home.routes, rule_names())
    found = routes.silenced("gap_above_history", "101", None, None, until)
    assert found is not None
    assert found.reason == "Nyt fagsystem"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("gab", "--until", "2099-01-01", "--reason", "x"), "'gab' er ukendt"),
        (("law_unverified", "--until", "2020-01-01", "--reason", "x"), "en dag, der er gået"),
        (("law_unverified", "--until", "i morgen", "--reason", "x"), "--until"),
        (("law_unverified", "--reason", "x"), "--until"),
        (("law_unverified", "--until", "2099-01-01"), "--reason"),
    ],
)
def test_a_wrong_silence_is_exit_2_and_changes_nothing(
    arguments: tuple[str, ...], says: str, home: Home
):
    write_routes(home, 1)
    before = home.routes.read_bytes()
    answer = call(home, "silence", *arguments)
    assert answer.exit_code == 2
    assert says in answer.stderr
    assert home.routes.read_bytes() == before


def test_a_silence_needs_a_file(home: Home):
    answer = call(home, "silence", "law_unverified", "--until", "2099-01-01", "--reason", "x")
    assert answer.exit_code == 2
    assert "alerts.yaml findes ikke" in answer.stderr
