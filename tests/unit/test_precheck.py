"""The precheck counts a file's rows as the night will, whatever pieces it is read in."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.deliveries import limits
from pipelines.precheck import Verdict, precheck_file

MEETINGS = "samtale_id;cpr;samtaletype;samtaleform;start;status"
ABSENCES = "cpr;fravaerstype;start;status"
CPR = "0101901234"


def checked(tmp_path: Path, header: str, *rows: str) -> Verdict:
    path = tmp_path / "a.csv"
    path.write_text("\n".join([header, *rows, ""]))
    return precheck_file(path, "101", date(2024, 6, 3))


@pytest.mark.parametrize("block", [40, 8 << 20])
def test_the_four_outcomes_sum_to_the_rows_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
):
    monkeypatch.setattr(limits, "BLOCK", block)
    verdict = checked(
        tmp_path,
        MEETINGS,
        f"M1;{CPR};7;1;2024-01-02;planlagt",
        f"M2;{CPR};7;røgsignal;2024-01-02;afholdt",
        f"M3;{CPR};7;røgsignal;2024-01-02;slettet",
        f"M1;{CPR};7;1;2024-01-02;afholdt",
        f"M2;{CPR};7;1;2024-01-02;slettet",
        f"M3;{CPR};7;fugl;2024-01-02;afholdt",
        ";x;7;1;2024-01-02;afholdt",
        f"M4;{CPR};7;1;2024-13-02;tja",
        f"M4;{CPR};7;1;2024-12-02;tja",
    )
    told = (verdict.accepted, verdict.superseded, verdict.withdrawn, verdict.rejected)
    assert told == (2, 2, 2, 3)
    assert sum(told) == verdict.content.rows_read
    assert verdict.unmatched == (("røgsignal", 2), ("fugl", 1))
    assert [(fault.code, list(fault.rows)) for fault in verdict.faults] == [
        ("status_unknown", [8, 9]),
        ("cpr_invalid", [7]),
        ("id_missing", [7]),
        ("start_invalid", [8]),
    ]


def test_an_absence_is_known_by_citizen_type_and_start(tmp_path: Path):
    verdict = checked(
        tmp_path,
        ABSENCES,
        f"{CPR};8;2024-01-02;",
        f"{CPR};8;2024-01-02;",
        f"{CPR};8;2024-01-03;",
        f"{CPR};10;2024-01-02;slettet",
        "0000000000;8;2024-01-02;",
    )
    told = (verdict.accepted, verdict.superseded, verdict.withdrawn, verdict.rejected)
    assert told == (3, 1, 1, 0)


def test_a_header_alone_has_no_rows(tmp_path: Path):
    verdict = checked(tmp_path, MEETINGS)
    assert (verdict.content.kind, verdict.accepted, verdict.faults) == ("meetings", 0, ())
