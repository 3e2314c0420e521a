"""Random numbers that depend on nothing but a row's key and the name of the question.

A generator hands out numbers in turn, so an extra row changes all that follow. Here each row
carries a 64-bit `key`, and a draw is a hash of that key and a question: the same row answers the
same question alike whatever else is generated beside it, in whatever batches, on any machine.
The hash is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate

import polars as pl


def key_of(*parts: object) -> int:
    """A 64-bit key for something named in Python."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def child_key(number: pl.Expr) -> pl.Expr:
    """The key of a row's child with this number, from the parent's `key`."""
    return _mix(pl.col("key") ^ _mix(number.cast(pl.UInt64)))


def uniform(question: str) -> pl.Expr:
    """A number in [0, 1)."""
    bits = _mix(pl.col("key") ^ _word(key_of(question)))
    return (bits // _word(1 << 11)).cast(pl.Float64) * 2.0**-53


def chance(question: str, share: pl.Expr | float) -> pl.Expr:
    """True in this share of the rows."""
    return uniform(question) < share


def whole(question: str, low: int, high: int) -> pl.Expr:
    """A whole number from low to high, both included."""
    return (uniform(question) * (high - low + 1)).floor().cast(pl.Int64) + low


def geometric(question: str, mean: pl.Expr | float) -> pl.Expr:
    """A whole number from 1 on; every further one is as likely as the last."""
    return (-(1 - uniform(question)).log() * mean).floor().cast(pl.Int64) + 1


def place(question: str, weights: Sequence[float]) -> pl.Expr:
    """A position in the weights, each as often as its weight says."""
    sums = list(accumulate(weights))
    bounds = pl.Series([part / sums[-1] for part in sums[:-1]], dtype=pl.Float64)
    return pl.lit(bounds).search_sorted(uniform(question), side="right")


def choose(question: str, weights: Mapping[str, float]) -> pl.Expr:
    """One of the words, each as often as its weight says."""
    return pl.lit(pl.Series(list(weights))).gather(place(question, list(weights.values())))


def one_of(question: str, words: Sequence[str]) -> pl.Expr:
    """One of the words, all equally often."""
    return choose(question, dict.fromkeys(words, 1.0))


def by_case(column: str, cases: Mapping[str, pl.Expr], otherwise: pl.Expr) -> pl.Expr:
    """The expression that belongs to the value of a column."""
    answer = otherwise
    for value, expression in cases.items():
        answer = pl.when(pl.col(column) == value).then(expression).otherwise(answer)
    return answer


def _word(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.UInt64)


def _mix(value: pl.Expr) -> pl.Expr:
    z = value + _word(0x9E3779B97F4A7C15)
    z = (z ^ (z // _word(1 << 30))) * _word(0xBF58476D1CE4E5B9)
    z = (z ^ (z // _word(1 << 27))) * _word(0x94D049BB133111EB)
    return z ^ (z // _word(1 << 31))
