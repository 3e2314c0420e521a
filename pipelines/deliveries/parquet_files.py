"""Parquet: typed columns as text, read in slices that stay small whatever is packed in them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pipelines.deliveries import limits
from pipelines.deliveries.cells import AMBIGUOUS_GROUP, UNKNOWN_GROUP, cell_text
from pipelines.deliveries.containers import Source
from pipelines.deliveries.endless_cells import refuse_endless_cells
from pipelines.deliveries.frames import padded_cpr, stripped, tidy
from pipelines.deliveries.headers import HeaderMap, map_header
from pipelines.deliveries.opened import Opened
from pipelines.deliveries.unreadable import Unreadable

_LOCAL = "Europe/Copenhagen"
_FIRST_SLICE = 100  # rows
_GROWTH = 8  # a slice has at most so many times the rows of the one before
_SLICE_TEXT = 32 << 20  # bytes of text made ready at once, which takes some thirteen times that
_WHOLE_FLOATS = 2**53


def open_parquet(source: Source) -> Opened:
    """A table of typed columns. Raises Unreadable, at once or while its frames are read."""
    with source.whole() as file:
        schema = pl.read_parquet_schema(file)
    if not schema:
        raise Unreadable("empty_file", "Filen har ingen kolonner; send en fil med rækker.")
    header = map_header(list(schema))
    return Opened(header.kind, None, None, _frames(source, header))


def _frames(source: Source, header: HeaderMap) -> Iterator[pl.DataFrame]:
    with source.whole() as file:
        table = pl.scan_parquet(file, glob=False)
        height = int(table.select(pl.len()).collect().item())
        if height > limits.MAX_PARQUET_ROWS:
            raise Unreadable(
                "too_large",
                f"Filen har over {limits.MAX_PARQUET_ROWS // 1_000_000} millioner rækker; "
                "del den i mindre filer.",
            )
        names = table.collect_schema().names()
        columns = {names[position]: name for position, name in header.columns.items()}
        refuse_endless_cells(file, columns)
        most_rows = limits.FRAME_CELLS // len(columns)
        start, rows, text = 0, _FIRST_SLICE, 0
        while start < height:
            rows = min(rows, most_rows)
            part = table.slice(start, rows)
            cells = part.select(pl.col(name).alias(column) for name, column in columns.items())
            typed = cells.collect()
            sizes = _text_bytes(typed)
            size = int(sizes.sum())
            text += size
            limits.refuse_unpacked(text, limits.MAX_UNPACKED)
            others = part.select(pl.exclude(*columns))
            # A text that many rows share is read once, and made ready once for each of them.
            for first, some in _pieces(sizes):
                yield _tidy(typed.slice(first, some), others.slice(first, some))
            start += rows
            rows = max(1, min(rows * _GROWTH, rows * _SLICE_TEXT // max(size, 1)))


def _tidy(typed: pl.DataFrame, others: pl.LazyFrame) -> pl.DataFrame:
    texts = pl.DataFrame([_texts(column) for column in typed])
    columns = {name: name for name in texts.columns}
    if (
        texts.select(pl.all_horizontal(stripped(name).is_null() for name in columns))
        .to_series()
        .any()
    ):
        texts = texts.hstack(_elsewhere(others))
    return tidy(texts, columns)


def _texts(cells: pl.Series) -> pl.Series:
    """A typed column as text."""
    kind = cells.dtype
    text = pl.col(cells.name)
    if kind.is_nested() or kind in (pl.Binary, pl.Duration, pl.Object):
        values = [cell_text(cells.name, _plain(value)) for value in cells.to_list()]
        return pl.Series(cells.name, values, dtype=pl.String)
    if isinstance(kind, pl.Datetime):
        if kind.time_zone is not None:
            text = text.dt.convert_time_zone(_LOCAL)
        text = text.dt.to_string("%Y-%m-%dT%H:%M:%S")
    elif kind == pl.Time:
        text = text.dt.to_string("%H:%M:%S")
    elif kind.is_numeric():
        text = _number_texts(text, kind, cells.name)
    else:
        text = text.cast(pl.String)
    return cells.to_frame().select(text).to_series()


def _number_texts(number: pl.Expr, kind: pl.DataType, column: str) -> pl.Expr:
    text = number.cast(pl.String)
    if kind.is_float():
        whole = (number == number.round()) & (number.abs() < _WHOLE_FLOATS)
        text = (
            pl.when(whole).then(number.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(text)
        )
        text = pl.when(number.is_not_nan()).then(text)
    elif kind.is_decimal():
        text = text.str.replace(r"\.0*$|(\.[0-9]*[1-9])0+$", "$1")
    if column == "cpr":
        return padded_cpr(text)
    if column == "maalgruppe":
        return text.replace(AMBIGUOUS_GROUP, UNKNOWN_GROUP)
    return text


def _plain(value: object) -> object:
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def _text_bytes(typed: pl.DataFrame) -> pl.Series:
    """The bytes of text in each row. Raises Unreadable (too_large) for a single endless cell."""
    total = pl.zeros(typed.height, pl.Int64, eager=True)
    for column in typed:
        if column.dtype not in (pl.String, pl.Binary):
            continue
        lengths = column.str.len_bytes() if column.dtype == pl.String else column.bin.size()
        if (lengths > limits.MAX_LINE).any():
            raise limits.too_long_line()
        total += lengths.fill_null(0).cast(pl.Int64)
    return total


def _pieces(sizes: pl.Series) -> Iterator[tuple[int, int]]:
    """First row and number of rows of pieces that hold little text each."""
    first = 0
    for rows in (sizes.cum_sum() // _SLICE_TEXT).rle().struct.field("len"):
        yield first, rows
        first += rows


def _elsewhere(others: pl.LazyFrame) -> pl.DataFrame:
    """Whether each row has something in the columns that are not known, as text or null."""
    filled = [
        stripped(name).is_not_null() if kind == pl.String else pl.col(name).is_not_null()
        for name, kind in others.collect_schema().items()
    ]
    if not filled:
        return pl.DataFrame()
    somewhere = pl.when(pl.any_horizontal(filled)).then(pl.lit("x"))
    return others.select(somewhere.alias("elsewhere")).collect()
