"""Processes that share long work of one kind, and end with the night."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, as_completed, wait
from typing import Final, TypeVar

WORKERS: Final = 2
_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


def pool() -> ProcessPoolExecutor:
    """Processes on both cores."""
    os.environ["POLARS_MAX_THREADS"] = "1"  # for the processes to come: one core each
    return ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn"), initializer=_begin)


def by_two(work: Callable[[_Part], _Result], parts: Iterable[_Part]) -> Iterator[_Result]:
    """The results of work on parts, done on both cores, as they come.

    A part is taken when there is a hand free for it, so that only few lie in memory.
    """
    with pool() as workers:
        running: set[Future[_Result]] = set()
        for part in parts:
            running.add(workers.submit(work, part))
            if len(running) > WORKERS:  # one more than there are hands: none stands idle
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (job.result() for job in done)
        yield from (job.result() for job in as_completed(running))


def batches(
    parts: Iterable[_Part], most: int, weight: Callable[[_Part], int], enough: int
) -> Iterator[list[_Part]]:
    """The parts in turn, as many together as are `most`, or as weigh enough."""
    batch: list[_Part] = []
    weighs = 0
    for part in parts:
        batch.append(part)
        weighs += weight(part)
        if weighs >= enough or len(batch) >= most:
            yield batch
            batch, weighs = [], 0
    if batch:
        yield batch


def _begin() -> None:
    """In such a process: ends it when the night is killed, which it would not notice itself.

    What a library prints there as it goes down is for nobody to read, and may quote a file.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

    def wait() -> None:
        if night := multiprocessing.parent_process():
            night.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
