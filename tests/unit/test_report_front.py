"""The front page: whether all is well, what moved in parts that sum, and how sure it is."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipelines.report.exhibits import Report
from pipelines.report.facts import MOVED
from pipelines.report.figures import Figures
from pipelines.report.glance import Check, glance, open_alerts, verdict
from pipelines.report.months import months_to
from pipelines.report.pages.front_exhibits import moved as moved_exhibit
from pipelines.report.pages.index import page
from tests.unit.report_cases import figures
from tests.unit.report_facts import AS_OF, alerts, delivered, facts, moved, revisions, unreadable

LONG_AGO = date(2026, 8, 1)
COUNTED: dict[tuple[str, str, str, str], int | None] = {
    ("meetings", "held", "", ""): 100,
    ("meetings", "recognised", "", ""): 80,
    ("meetings", "gap", "", ""): 20,
    ("requirements", "due", "", ""): 40,
    ("requirements", "met", "", ""): 30,
    ("requirements", "unmet", "", ""): 10,
}
YEAR = months_to(date(2026, 10, 1), 13)


def checks(**changes: object) -> dict[str, Check]:
    return {check.name.en: check for check in glance(facts(**changes))}


def test_a_quiet_night_is_well():
    found = glance(facts())
    assert all(check.is_well for check in found)
    assert verdict(found).da == "Alt er i orden"


def test_a_missing_municipality_is_named():
    found = checks(delivered=delivered(c147=LONG_AGO, c151=None))["Deliveries"]
    assert not found.is_well
    assert found.found.da.startswith("1 af 3 kommuner har leveret samtaler inden for 35 dage.")
    assert found.found.da.endswith("Mangler: Frederiksberg og Ballerup.")
    assert found.found.en.startswith("1 of 3 municipalities")


def test_the_thirty_fifth_day_is_in_time():
    assert checks(delivered=delivered(c147=date(2026, 10, 16)))["Deliveries"].is_well
    assert not checks(delivered=delivered(c147=date(2026, 10, 15)))["Deliveries"].is_well


def test_a_broken_file_counts_until_a_later_day_could_be_read():
    standing = checks(unreadable=unreadable(("101", AS_OF)))["Files"]
    assert standing.found.da == "1 fil kunne ikke læses: København."
    assert not standing.is_well
    assert checks(unreadable=unreadable(("101", LONG_AGO)))["Files"].is_well
    of_silent = checks(unreadable=unreadable(("101", LONG_AGO)), delivered=delivered(c101=None))[
        "Files"
    ]
    assert not of_silent.is_well


@pytest.mark.parametrize(
    ("states", "is_well", "said"),
    [
        ((), True, "Ingen åbne varsler."),
        ((("delivery_late", "ongoing", 3),), True, "3 åbne; ingen nye."),
        ((("delivery_late", "resolved", 3),), True, "Ingen åbne varsler."),
        (
            (("delivery_late", "ongoing", 3), ("newly_missed", "new", 2)),
            False,
            "5 åbne, heraf 2 nye og 0 forværrede.",
        ),
        ((("delivery_late", "worse", 1),), False, "1 åbne, heraf 0 nye og 1 forværrede."),
    ],
)
def test_only_new_and_worse_alerts_call(
    states: tuple[tuple[str, str, int], ...], is_well: bool, said: str
):
    found = checks(alerts=alerts(*states))["Alerts"]
    assert (found.is_well, found.found.da) == (is_well, said)


def test_alerts_are_told_by_rule_the_commonest_first():
    rows = open_alerts(
        facts(
            alerts=alerts(
                ("delivery_late", "ongoing", 1),
                ("newly_missed", "new", 2),
                ("newly_missed", "silenced", 4),
                ("delivery_missing", "resolved", 9),
            )
        )
    )
    assert rows.rows() == [("newly_missed", 2, 2, 0, 4), ("delivery_late", 1, 0, 0, 0)]


def test_things_to_look_at_are_counted():
    found = glance(facts(delivered=delivered(c101=None), unreadable=unreadable(("147", AS_OF))))
    assert verdict(found).da == "To ting at se på"


def test_what_moved_sums_to_the_whole_change():
    rows = moved_exhibit(facts()).rows
    assert tuple(rows["cause"]) == (*MOVED, "total")
    assert rows.filter(pl.col("cause") == "total").select("held", "recognised").row(0) == (29, 21)


def test_a_hidden_part_hides_the_sum():
    rows = moved_exhibit(facts(moved=moved(late=(None, 6), corrections=(None, 9)))).rows
    total = rows.filter(pl.col("cause") == "total")
    assert total.select("held", "recognised", "status", "status_recognised").row(0) == (
        *(None, 15),
        *("hidden", "shown"),
    )


def report(counted: dict[tuple[str, str, str, str], int | None], **changes: object) -> Report:
    return Report(Figures(figures(counted, YEAR)), facts(**changes))


def test_the_page_has_the_year_and_the_newest_month():
    danish = page(report(COUNTED), "da").html
    for text in ("Alt er i orden", "1.200", "medregnet, 80,0", "Oktober 2026", "25,0", "endelig"):
        assert text in danish
    english = page(report(COUNTED), "en").html
    for text in ("All is well", "1,200", "recognised, 80.0%", "October 2026", "final"):
        assert text in english


@pytest.mark.parametrize("cell", [cell for cell in COUNTED if cell[1] != "met"])
def test_a_hidden_figure_is_a_word_and_never_a_number(cell: tuple[str, str, str, str]):
    made = page(report({**COUNTED, cell: None}), "da")
    assert '<span class="hidden">skjult</span>' in made.html
    assert "None" not in made.html


def test_too_few_months_are_said():
    few = Report(Figures(figures(COUNTED, YEAR[:3])), facts())
    assert "endnu ikke tolv hele måneder" in page(few, "da").html


def test_how_much_a_month_moves_is_said_only_where_it_is_known():
    assert "vides endnu ikke" in page(report(COUNTED), "da").html
    known = revisions(
        (date(2026, 7, 1), 100, 102), (date(2026, 8, 1), 100, 104), (date(2026, 9, 1), 100, 110)
    )
    assert "flyttet sig 4,0" in page(report(COUNTED, revisions=known), "da").html


def test_the_first_publication_says_that_all_is_new():
    first = page(report(COUNTED, previous_as_of=None, number=1), "da").html
    assert "alt er nyt" in first
