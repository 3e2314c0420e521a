"""A question put in a process of its own, which the operating system holds to its limits.

DuckDB looks at its own limits between steps; one long step passes them. What the process is given
by the operating system it cannot pass.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final

from pipelines.audit import Answer, AuditError

if sys.platform != "win32":  # where only DuckDB's own limits hold
    import resource

_OUT_OF_MEMORY: Final = (-6, -9)  # exit codes: SIGABRT, SIGKILL
_OUT_OF_TIME: Final = -14  # SIGALRM


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may take: real seconds, and bytes of memory."""

    seconds: int = 65  # DuckDB's own limit, and time to begin
    memory: int = 1536 << 20


LIMITS: Final = Limits()


def ask_apart(
    question: Callable[..., Answer], *arguments: object, limits: Limits = LIMITS
) -> Answer:
    """The answer of `question(*arguments)`, a function of a module, from a process of its own.

    The process may write no file. Raises AuditError as the question does, and where it passes a
    limit or ends its process.
    """
    processes = multiprocessing.get_context("spawn")
    receiver, sender = processes.Pipe(duplex=False)
    child = processes.Process(target=_answer, args=(sender, limits, question, arguments))
    child.start()
    sender.close()
    try:
        answer = receiver.recv()
    except EOFError:  # the process ended without a word
        child.join()
        raise AuditError(_why(child.exitcode, limits)) from None
    finally:
        receiver.close()
        child.kill()
        child.join()
    if isinstance(answer, AuditError):
        raise answer
    return answer  # type: ignore[no-any-return]


def _answer(
    sender: Connection,
    limits: Limits,
    question: Callable[..., Answer],
    arguments: tuple[object, ...],
) -> None:
    _hold(limits)
    try:
        sender.send(question(*arguments))
    except AuditError as error:
        sender.send(error)
    except MemoryError:
        sender.send(AuditError(_too_large(limits)))


def _hold(limits: Limits) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process even inside a library
        signal.alarm(limits.seconds)


def _why(exit_code: int | None, limits: Limits) -> str:
    if exit_code == _OUT_OF_TIME:
        return (
            f"Spørgsmålet tog over {limits.seconds} sekunder og blev stoppet. "
            "Spørg om færre rækker."
        )
    if exit_code in _OUT_OF_MEMORY:
        return _too_large(limits)
    return "Spørgsmålet fik DuckDB til at gå ned. Stil det på en anden måde."


def _too_large(limits: Limits) -> str:
    return (
        f"Spørgsmålet bruger over {limits.memory >> 20} MB hukommelse. Spørg om færre rækker, "
        "eller åbn en kopi af udgivelsen i jeres egen DuckDB (docs/auditing.md)."
    )
