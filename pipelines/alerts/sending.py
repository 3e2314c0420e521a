"""One message to one address, through apprise; no address and no password is ever told."""

from __future__ import annotations

import logging
import queue
import re
import threading
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

PATIENCE: Final = 10.0  # seconds one attempt may take
_HEADER: Final = "X-Idempotency-Key"
_STATUS: Final = re.compile(r"error=(\d{3})\b")


def is_address(url: str) -> bool:
    """Whether apprise can send to such an address; nothing is sent."""
    try:
        return bool(server_of(url)) and _service(url) is not None
    except ValueError:  # brackets of an IPv6 address that do not match
        return False


def server_of(url: str) -> str:
    """The server an address leads to, as far as the address tells; to compare, never to show."""
    parts = urlsplit(url)
    return parse_qs(parts.query).get("smtp", [parts.netloc.rpartition("@")[2]])[0]


def deliver(url: str, subject: str, body: str, key: str, limit: float = PATIENCE) -> str | None:
    """Sends one message; None when the server took it, else why not, in a few Danish words.

    A server may hang anywhere, also where names are looked up, so the attempt has a thread of its
    own and is left behind after `limit` seconds. The message may then still arrive, and once more
    with its repeat: they carry the same key.
    """
    service = _service(url)
    if service is None:
        return "adressen kan ikke bruges"
    # Longer than anyone waits for the attempt, so that a thread left behind ends by itself.
    service.socket_connect_timeout = service.socket_read_timeout = 2 * limit
    headers = getattr(service, "headers", None)  # where the way has any
    if isinstance(headers, dict):
        headers[_HEADER] = key
    answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    arguments = (answers, service, subject, body)
    threading.Thread(target=_attempt, args=arguments, daemon=True).start()
    try:
        return answers.get(timeout=limit)
    except queue.Empty:
        return f"svarede ikke inden for {limit:g} sekunder"


def _attempt(
    answers: queue.SimpleQueue[str | None],
    service: Any,  # noqa: ANN401 - one of apprise's many plugins
    subject: str,
    body: str,
) -> None:
    try:
        answers.put(_notify(service, subject, body))
    except Exception as error:  # noqa: BLE001 - any plugin, any fault; its words may hold the address
        answers.put(f"kunne ikke sendes ({type(error).__name__})")


def _notify(service: Any, subject: str, body: str) -> str | None:  # noqa: ANN401
    from apprise import Apprise, NotifyFormat  # noqa: PLC0415 - only those who send pay for it

    sender = Apprise()
    sender.add(service)
    result = sender.notify(body=body, title=subject, body_format=NotifyFormat.TEXT)
    if result:
        return None
    status = _STATUS.search(" ".join(entry.message for entry in result.logs()))
    return f"serveren svarede {status[1]}" if status else "serveren tog ikke imod"


def _service(url: str) -> Any:  # noqa: ANN401
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415

    log = logging.getLogger("apprise")  # tells of hosts and addresses
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    asset = AppriseAsset(app_id="Samtaleregnskab", app_desc="Samtaleregnskab", app_url="")
    return Apprise.instantiate(url, asset=asset)
