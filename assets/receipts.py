"""Item 11 of the night: a return letter for every delivery, made from the publication alone."""

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made
from pipelines.receipts.writing import write_receipts

_LEFT = (
    "Kvitteringerne er ikke skrevet færdig ({}). Udgivelsen står; de breve, der mangler, skrives "
    "næste nat."
)


@dg.asset(deps=["vintage"], group_name="told", kinds={"html"})
def receipts(night: NightParam) -> Made:
    """What became of each delivered file, what is wrong with its rows, and how to mend it."""
    try:
        written = write_receipts(night.home, night.show)
    except Exception as error:  # noqa: BLE001 - the figures are published; the letters can wait
        why = getattr(error, "strerror", None) or type(error).__name__
        return dg.MaterializeResult(metadata={"notes": [_LEFT.format(why)]})
    return dg.MaterializeResult(
        metadata={
            "letters_written": written.letters,
            "deliveries": written.deliveries,
            "municipalities": written.municipalities,
            "folder": dg.MetadataValue.path(str(night.home.receipts)),
        }
    )
