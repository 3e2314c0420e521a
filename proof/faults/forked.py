"""A function called in a process of its own, so that the one that forks nights has no threads."""

from __future__ import annotations

import os
import pickle
import traceback
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def forked(work: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """What `work` gives. Raises RuntimeError with its traceback where it fails."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(read)
            result, failed = None, ""
            try:
                result = work(*arguments, **named)
            except Exception:  # noqa: BLE001 - told to the process that asked
                failed = traceback.format_exc()
            with os.fdopen(write, "wb") as pipe:
                pickle.dump((result, failed), pipe)
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    if not content:
        raise RuntimeError(f"{work.__name__} ended without a word")
    result, failed = pickle.loads(content)  # noqa: S301 - our own child wrote it
    if failed:
        raise RuntimeError(failed)
    return result  # type: ignore[no-any-return]
