"""How a long task tells how far it is: what is being done, how much is done, of how much (or 0)."""

from collections.abc import Callable

Show = Callable[[str, int, int], None]


def show_nothing(_what: str, _done: int, _all: int) -> None:
    """For runs that nobody watches."""
