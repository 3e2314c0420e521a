"""Spark's own standalone cluster on loopback: a master and workers, always stopped again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

LOOPBACK: Final = "127.0.0.1"
_PATIENCE: Final = 60.0  # seconds
_MASTER: Final = "org.apache.spark.deploy.master.Master"
_WORKER: Final = "org.apache.spark.deploy.worker.Worker"


@contextmanager
def standalone(folder: Path, workers: int, memory_gb: int) -> Iterator[tuple[str, dict[str, str]]]:
    """A cluster whose workers have one core each; gives its URL and the environment to use it by.

    `memory_gb` is each executor's; the driver has as much. Raises TimeoutError where a part does
    not come up.
    """
    environment = _environment(folder, memory_gb)
    port, *_ = ports = [free_port() for _ in range(workers + 2)]
    url = f"spark://{LOOPBACK}:{port}"
    started: list[subprocess.Popen[bytes]] = []
    try:
        page = ("--webui-port", str(ports[1]))
        started.append(_start(environment, _MASTER, "--port", str(port), *page))
        _await_port(port)
        for number, own_page in enumerate(ports[2:], 1):
            size = ("--cores", "1", "--memory", f"{memory_gb + 1}g")
            work = ("--work-dir", str(folder / f"worker{number}"), "--webui-port", str(own_page))
            started.append(_start(environment, _WORKER, *size, *work, url))
            _await_port(own_page)
        yield url, environment
    finally:
        for process in reversed(started):
            _stop(process)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path, memory_gb: int) -> dict[str, str]:
    import pyspark  # noqa: PLC0415 - an extra of its own

    settings = folder / "conf"
    settings.mkdir(parents=True)
    lines = (
        f"spark.driver.memory {memory_gb}g",
        f"spark.executor.memory {memory_gb}g",
        f"spark.driver.host {LOOPBACK}",
        f"spark.driver.bindAddress {LOOPBACK}",
        f"spark.local.dir {folder / 'local'}",
    )
    (settings / "spark-defaults.conf").write_text("\n".join(lines) + "\n", "utf-8")
    return {
        **os.environ,
        "SPARK_HOME": str(Path(pyspark.__file__).parent),
        "SPARK_CONF_DIR": str(settings),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_LOCAL_DIRS": str(folder / "local"),
    }


def _start(environment: dict[str, str], *command: str) -> subprocess.Popen[bytes]:
    program = Path(environment["SPARK_HOME"]) / "bin" / "spark-class"
    return subprocess.Popen(
        [str(program), command[0], "--host", LOOPBACK, *command[1:]],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _await_port(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on port {port}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a part with its executors: gently, then not."""
    for ending in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, ending)
            process.wait(20)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait()
