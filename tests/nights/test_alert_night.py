"""A night with one fault of each kind: each gives its alert, and no one else hears of anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from pipelines.progress import show_nothing
from pipelines.running import run_night
from pipelines.settings import Home
from tests.nights.deliveries import MEETINGS, SPELLS, ask, deliver, new_home

SYSTEMS = {
    "101": "Momentum",  # blank forms in the last delivery
    "147": "MOMENTUM ",  # the same
    "151": "Fasit",  # nothing is wrong
    "153": "Fasit",  # stops delivering
    "157": "Fasit",  # three rows of ten cannot be used
    "159": "Fasit",  # holds everything by phone, with citizens it has not met
    "161": "Fasit",
    "163": "Fasit",
}
BLANK, STOPS, BAD, BY_PHONE = ("101", "147"), "153", "157", "159"
MONTHS = range(4, 12)  # of 2026, each delivered on the fourth of the next
LAST = 11
CITIZENS = 30

Row = dict[str, str]


def citizen(code: str, number: int) -> str:
    return f"{number % 28 + 1:02}02{60 + number % 30}{code[1:]}{number:02}"


def month_of(code: str, month: int) -> Iterator[Row]:
    """Two meetings with each citizen: in person, and later by phone."""
    for number in range(CITIZENS):
        for meeting, form in enumerate("12"):
            day = date(2026, month, 5 + 10 * meeting + number % 9)
            yield {
                "samtale_id": f"{month}-{number}-{meeting}",
                "cpr": citizen(code, number),
                "samtaletype": "7",
                "samtaleform": form,
                "status": "afholdt",
                "start": f"{day} 10:{number:02}",
                "registreret": f"{day} 12:00",
                "system": SYSTEMS[code],
            }


def faults(code: str) -> Callable[[int, Row], Row]:
    """What goes wrong with a row of the last delivery, by its place."""
    if code in BLANK:
        return lambda _, row: row | {"samtaleform": ""}
    if code == BAD:
        return lambda place, row: row | {"status": "tja" if place % 10 < 3 else "afholdt"}
    if code == BY_PHONE:
        return lambda _, row: row | {"samtaleform": "2", "cpr": f"{row['cpr'][:-4]}9{code}"}
    return lambda _, row: row


def deliver_all(home: Home) -> None:
    columns = MEETINGS.split(";")
    for code in SYSTEMS:
        for month in MONTHS:
            if code == STOPS and month > LAST - 2:
                continue
            rows = list(month_of(code, month))
            if month == LAST:
                rows = [faults(code)(place, row) for place, row in enumerate(rows)]
            day = f"{date(2026, month, 4) + timedelta(31)}"
            texts = [";".join(row.get(name, "") for name in columns) for row in rows]
            deliver(home, MEETINGS, texts, code=code, day=day)
            spells = {row["cpr"] for row in rows}
            begun = "2026-11-01" if (code, month) == (BY_PHONE, LAST) else "2026-01-05"
            # the day of the extract, for a file like one before is no delivery
            named = [f"F{cpr[:6]}{cpr[-4:]};{cpr};KTH_JP;{begun};;{day}" for cpr in sorted(spells)]
            deliver(home, f"{SPELLS};dag", named, code=code, day=day, name="forløb.csv")


def test_each_fault_gives_its_alert_to_whom_it_concerns(tmp_path: Path) -> None:
    home = new_home(tmp_path / "home")
    deliver_all(home)
    assert run_night(home, None, show_nothing).published
    told = ask(
        home,
        "select rule, municipality_code, subject, round(value, 2), cases from alerts "
        "where rule != 'delivery_missing' order by all",
    )
    assert told == [
        ("delivery_late", STOPS, "meetings", 61, 61),
        ("delivery_late", STOPS, "spells", 61, 61),
        ("gap_above_history", BY_PHONE, None, 1, 60),
        ("rejected_above_history", BAD, None, 0.2, 18),
        ("system_field_empty", None, "Momentum: samtaleform", 1, 120),
    ]
    silent = ask(home, "select count(*) from alerts where rule = 'delivery_missing'")
    assert silent == [(98 - len(SYSTEMS),)], "who never delivered is told so, once each"
