"""The lake: what was delivered, and the typed rows read from it, as immutable Parquet files.

Three kinds of files. `deliveries.<n>.<hash>.parquet` lists every delivered file ever seen,
`contents.<n>.<hash>.parquet` every content ever read and the batch its rows lie in; both are small
and replaced whole by one of a higher number, in one atomic step.
`<table>/<batch>.<n>.<hash>.parquet` are the slices: written once, never changed, and part of the
lake only when the list of contents names their batch. A crash leaves at most a slice that no
content names, or a list that is no longer the newest; the next night removes it.

Every file has the hash of its bytes in its name, and none is used before that is found right:
Parquet itself does not check what it stores, so a bit that turned on the disk would be another
number.
"""

from pipelines.lake.files import LakeDamagedError
from pipelines.lake.lake import (
    CONTENTS,
    DELIVERIES,
    SLICE_TABLES,
    Lake,
    batch_name,
    delivery_key,
    write_slice,
)

__all__ = [
    "CONTENTS",
    "DELIVERIES",
    "SLICE_TABLES",
    "Lake",
    "LakeDamagedError",
    "batch_name",
    "delivery_key",
    "write_slice",
]
