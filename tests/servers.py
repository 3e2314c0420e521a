"""A web hook and a mail server on loopback that take messages, fail, hang or drop the reply."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Inbox:
    """What a server took, and how it behaves: ok, 500, hang, or take and drop the reply."""

    port: int = 0
    mode: str = "ok"
    taken: list[tuple[str, str]] = field(default_factory=list)  # key in the header, body
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.taken]


class Hook(BaseHTTPRequestHandler):
    """A web hook."""

    def do_POST(self) -> None:
        inbox: Inbox = self.server.inbox  # type: ignore[attr-defined]
        if inbox.mode == "hang":
            inbox.over.wait(10)
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if inbox.mode in ("ok", "drop"):
            inbox.taken.append((self.headers["X-Idempotency-Key"], json.loads(body)["message"]))
        if inbox.mode != "drop":
            self.send_response(200 if inbox.mode == "ok" else 500)
            self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def web_server() -> Iterator[Inbox]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.inbox = Inbox(server.server_port)  # type: ignore[attr-defined]
    thread = threading.Thread(target=partial(server.serve_forever, 0.02), daemon=True)
    thread.start()
    try:
        yield server.inbox  # type: ignore[attr-defined]
    finally:
        server.inbox.over.set()  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()
        server.server_close()


class Postbox:
    """The mail server's answers to a message."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        del session
        if self.inbox.mode == "500":
            return "554 Nej tak"
        mail = message_from_bytes(envelope.content, policy=default)
        self.inbox.taken.append((mail["X-Idempotency-Key"], mail.get_content()))
        if self.inbox.mode == "drop":
            server.transport.abort()
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Inbox]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    inbox = Inbox(port)
    controller = Controller(Postbox(inbox), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()
