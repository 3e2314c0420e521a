"""A process that tells of nights, made to be killed: it forks a child for each run.

It reads one JSON line a run and answers `done`, `killed` or `failed`. The child kills itself
before its n-th step (`at`), where a step is an SQL statement or a call of the server, or is killed
after so many seconds (`after`).
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import time
import traceback
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from pipelines.alerts.memory import open_memory
from pipelines.alerts.model import Alert
from pipelines.alerts.outbox import Send, decide, send_due
from pipelines.alerts.routes import Route, Routes
from pipelines.alerts.sending import deliver, is_address
from tests.unit.alert_cases import DAY, HOUR, NOW, ROUTES, alert, database, night

OPEN = [alert("101", owner="kbh"), alert("147"), alert("151", owner="x"), alert("153")]
WORSE = replace(OPEN[1], state="worse", value=9.0, message_da="Kommune 147: det er værre.")
RESOLVED = replace(OPEN[2], state="resolved", message_da="Kommune 151: det er løst.")
NIGHTS: list[list[Alert]] = [
    OPEN,
    [replace(OPEN[0], state="ongoing"), WORSE, RESOLVED, alert("155", since=DAY)],
]


def routes_to(port: int) -> Routes:
    return replace(
        ROUTES,
        routes={name: Route(f"json://127.0.0.1:{port}/{name}") for name in ("a", "b")},
    )


def plain_send(url: str, subject: str, body: str, key: str, limit: float) -> str | None:
    request = urllib.request.Request(  # noqa: S310 - the address is our own
        url.replace("json://", "http://"),
        json.dumps({"title": subject, "message": body}).encode(),
        {"X-Idempotency-Key": key},
    )
    try:
        with urllib.request.urlopen(request, timeout=limit):  # noqa: S310
            return None
    except OSError as error:
        return type(error).__name__


def run(order: dict[str, Any], step: Any) -> None:  # noqa: ANN401 - called at each step
    send: Send = deliver if order["apprise"] else plain_send

    def watched(url: str, subject: str, body: str, key: str, limit: float) -> str | None:
        step()
        answer = send(url, subject, body, key, limit)
        step()
        return answer

    connect = sqlite3.connect

    def watched_connect(*arguments: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401
        connection = connect(*arguments, **options)
        connection.set_trace_callback(lambda _: step())
        return connection

    sqlite3.connect = watched_connect  # type: ignore[assignment]
    routes, number = routes_to(order["port"]), order["night"]
    now = NOW + timedelta(days=number) + HOUR * order["run"]
    with open_memory(database(Path(order["home"]))) as memory:
        decide(memory, routes, night(number), NIGHTS[number], now)
        sent = send_due(memory, routes, now, send=watched)
        if sent.undelivered or sent.busy:
            raise RuntimeError(repr(sent))


def main() -> None:
    is_address("json://localhost")  # apprise is loaded once, before the forks
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            steps = 0

            def step(order: dict[str, Any] = order) -> None:
                nonlocal steps
                steps += 1
                if steps == order["at"]:
                    os.kill(os.getpid(), signal.SIGKILL)

            try:
                run(order, step)
            except BaseException:  # noqa: BLE001 - the child must end here
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        if order["after"] is not None:
            time.sleep(order["after"])
            os.kill(child, signal.SIGKILL)  # it is not waited for yet, so its number is its own
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        answer = {0: "done", -signal.SIGKILL: "killed"}.get(status, "failed")
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
