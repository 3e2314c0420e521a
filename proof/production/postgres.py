"""A PostgreSQL server of its own on loopback, under a scratch folder, always stopped again."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_USER: Final = "samtaler"
_DEBIAN: Final = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None where PostgreSQL is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(_DEBIAN.glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


@contextmanager
def server(folder: Path) -> Iterator[dict[str, str]]:
    """Starts it with a password; gives libpq's variables for its database «samtaler».

    As root, which PostgreSQL refuses, it runs as the user postgres. Raises FileNotFoundError where
    PostgreSQL is not installed.
    """
    found = programs()
    if found is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    folder.mkdir(parents=True)
    secret = folder / "secret"
    secret.write_text(secrets.token_hex(16))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
        shutil.chown(secret, "postgres")
    data = folder / "data"
    own = ("--auth", "scram-sha-256", "--pwfile", str(secret), "--encoding", "UTF8", "--no-sync")
    _run(found / "initdb", "--pgdata", str(data), "--username", _USER, *own)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    log = ("--log", str(folder / "log"))
    _run(found / "pg_ctl", "--pgdata", str(data), *log, "--options", options, "--wait", "start")
    try:
        variables = {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(port),
            "PGUSER": _USER,
            "PGPASSWORD": secret.read_text(),
            "PGDATABASE": "samtaler",
            "PATH": f"{found}{os.pathsep}{os.environ['PATH']}",
        }
        make_database(variables)
        yield variables
    finally:
        _run(found / "pg_ctl", "--pgdata", str(data), "--mode", "immediate", "stop")


def make_database(variables: dict[str, str]) -> None:
    """Makes the empty database that the variables name."""
    subprocess.run(["createdb", variables["PGDATABASE"]], env=os.environ | variables, check=True)


def _run(program: Path, *arguments: str) -> None:
    command = [str(program), *arguments]
    if os.getuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
