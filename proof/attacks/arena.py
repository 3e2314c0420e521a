"""Where attacks are made: a home with a publication, and canaries that tell what got through."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import duckdb

CANARY: Final = "KANARIE-4711"  # what must stand in no answer
KEY: Final = "KANARIE-4711-key-of-thirty-two-bytes-or-more"


@dataclass(frozen=True, slots=True)
class Arena:
    """A folder of its own for one attack after the other."""

    root: Path
    server: str  # an address whose requests are counted
    asked: list[str]  # the paths that were asked for

    @property
    def publication(self) -> Path:
        """The publication that is attacked."""
        return self.root / "home" / "published" / "samtaler.duckdb"

    @property
    def places(self) -> dict[str, str]:
        """What an attack calls the files and addresses."""
        traps = self.root / "traps"
        return {
            "secret": str(traps / "secret.txt"),
            "other": str(traps / "other.duckdb"),
            "folder": str(traps),
            "out": str(traps / "out"),
            "server": self.server,
            "publication": str(self.publication),
        }

    def files(self) -> dict[str, tuple[int, int]]:
        """Every file below the arena, with its size and when it was last changed."""
        found = (path for path in self.root.rglob("*") if not path.is_symlink())
        facts = ((path, path.stat()) for path in found)
        return {str(path): (fact.st_size, fact.st_mtime_ns) for path, fact in facts}

    def fingerprint(self) -> str:
        """The SHA-256 of the publication."""
        return hashlib.sha256(self.publication.read_bytes()).hexdigest()


@contextmanager
def arena(root: Path, publication: Path) -> Iterator[Arena]:
    """An arena around a copy of a publication."""
    asked: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

        def log_message(self, *_told: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made = Arena(root, f"http://127.0.0.1:{server.server_port}", asked)
    try:
        _lay(made, publication)
        yield made
    finally:
        server.shutdown()
        server.server_close()


def _lay(made: Arena, publication: Path) -> None:
    made.publication.parent.mkdir(parents=True)
    shutil.copyfile(publication, made.publication)
    traps = made.root / "traps"
    for folder in (traps, made.root / "user", made.root / "work"):
        folder.mkdir()
    (traps / "secret.txt").write_text(CANARY)
    (traps / "secret.csv").write_text(f"a\n{CANARY}\n")
    (traps / "secret.json").write_text(f'{{"a": "{CANARY}"}}')
    (traps / "link.txt").symlink_to(traps / "secret.txt")
    (traps / "evil.duckdb_extension").write_bytes(b"\0" * 1000)
    with duckdb.connect(str(traps / "other.duckdb")) as other:
        other.execute(f"create table secrets as select '{CANARY}' as a")
        other.execute(
            f"copy secrets to '{traps / 'secret.parquet'}' (kv_metadata {{a: '{CANARY}'}})"
        )
