"""What Dagster's sensors do of a night's end: tell of a blocked one, and send what waits."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg
import pytest

from pipelines import stages
from pipelines.alerts.telling import local_now, tell_publication
from pipelines.definitions import defs
from pipelines.sensors import messages_waiting, night_blocked
from pipelines.settings import Home
from tests.nights.deliveries import put
from tests.servers import Inbox, web_server

ROUTES = """
default_owner: kl
routes:
  hook: {{url: "json://127.0.0.1:{port}/"}}
owners:
  kl: {{name: KL, routes: [hook]}}
"""


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with web_server() as opened:
        yield opened


@pytest.fixture
def home(day_after: Home, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("SAMTALER_HOME", str(day_after.root))
    day_after.routes.write_text(ROUTES.format(port=inbox.port))
    return day_after


def run(job: str, instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    return defs.resolve_job_def(job).execute_in_process(instance=instance, raise_on_error=False)


def after(result: dg.ExecuteInProcessResult, instance: dg.DagsterInstance) -> None:
    """What Dagster's daemon does when a run has failed."""
    failed = [event for event in result.all_events if event.is_failure]
    status = dg.build_run_status_sensor_context(
        sensor_name="night_blocked",
        dagster_event=failed[-1],
        dagster_instance=instance,
        dagster_run=result.dagster_run,
    )
    night_blocked(status.for_run_failure())


def test_a_night_that_dagster_ran_and_that_published_nothing_is_told(
    home: Home, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_engine: object) -> None:
        raise MemoryError

    monkeypatch.setattr(stages, "publish_counts", breaks)
    with dg.instance_for_test() as instance:
        result = run("nightly", instance)
        assert not result.success
        after(result, instance)
        after(result, instance)
    [(_, body)] = inbox.taken
    assert "Natten blev IKKE udgivet." in body
    assert "Der er ikke hukommelse nok." in body
    assert home.publication.exists()


def test_what_waits_for_a_server_is_sent_by_a_job_of_its_own(home: Home, inbox: Inbox) -> None:
    put(home, b"navn;farve\nja;nej\n", "461", "2024-06-04", "skema.csv")
    context = dg.build_sensor_context()
    assert isinstance(messages_waiting(context), dg.SkipReason)
    inbox.mode = "500"
    assert tell_publication(home, local_now().replace(year=local_now().year - 1)).waiting == 1
    assert isinstance(messages_waiting(context), dg.RunRequest)
    inbox.mode = "ok"
    with dg.instance_for_test() as instance:
        assert run("resend", instance).success
    assert len(inbox.taken) == 1
    assert isinstance(messages_waiting(context), dg.SkipReason)
