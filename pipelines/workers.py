"""Processes that share long work of one kind, and end with the night."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from typing import Final

WORKERS: Final = 2


def pool() -> ProcessPoolExecutor:
    """Processes on both cores."""
    os.environ["POLARS_MAX_THREADS"] = "1"  # for the processes to come: one core each
    return ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn"), initializer=_begin)


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
