"""The page of the country: tiles and the funnel, also where little can be shown."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipelines.municipalities import municipalities
from pipelines.report.charts.funnel import limits
from pipelines.report.charts.tiles import short_name
from pipelines.report.exhibits import Report
from pipelines.report.figures import Figures
from pipelines.report.months import months_to
from pipelines.report.pages.country_exhibits import funnel_of, met_tiles, recognised_tiles
from pipelines.report.pages.landet import page, without
from pipelines.report.shares import LINE, share_of
from tests.unit.report_cases import figures, report

MONTHS = months_to(date(2026, 9, 1), 12)
QUARTERS = MONTHS[::3]


def municipality(code: str, due: int, met: int | None) -> pl.DataFrame:
    values: dict[tuple[str, str, str, str], int | None] = {
        ("meetings", "held", "", ""): due,
        ("meetings", "recognised", "", ""): met,
    }
    quarterly: dict[tuple[str, str, str, str], int | None] = {
        ("requirements_quarter", "due", "", ""): due,
        ("requirements_quarter", "met", "", ""): met,
    }
    return pl.concat(
        [
            figures(values, MONTHS, code, "municipality"),
            figures(quarterly, QUARTERS, code, "municipality"),
        ]
    )


def some() -> Figures:
    """Below, above, uncertain, hidden and zero; the other 93 are missing."""
    return Figures(
        pl.concat(
            [
                municipality("101", 100, 60),
                municipality("751", 100, 95),
                municipality("825", 1, 1),
                municipality("492", 3, None),
                municipality("563", 0, 0),
            ]
        )
    )


def country(counted: Figures, **facts: object) -> Report:
    """A report to which every municipality has delivered."""
    every = municipalities()
    heard = pl.DataFrame({"municipality_code": [m.code for m in every]})
    return report(figures=counted, municipalities=every, deliveries=heard, **facts)


def shares(counted: Figures) -> pl.DataFrame:
    from pipelines.report.measures import DUE, MET  # noqa: PLC0415

    places = counted.places("municipality")
    return counted.shares(MET.by_quarter, DUE.by_quarter, places, QUARTERS, LINE)


def test_the_limits_are_where_the_wilson_interval_touches_the_line():
    for number, low, high in limits(LINE, 50, 5000, 5).iter_rows():
        whole = round(number)
        for edge in (low, high):
            inside, outside = edge + (LINE - edge) * 0.2, edge - (LINE - edge) * 0.2
            near = share_of(round(inside * whole), whole)
            far = share_of(min(round(outside * whole), whole), whole)
            assert near is not None
            assert far is not None
            assert near.verdict(LINE) == "uncertain"
            assert (far.verdict(LINE) == "below") == (edge < LINE)


def test_every_tile_has_a_name_of_its_own_that_fits():
    names = [short_name(m.code, m.name) for m in municipalities()]
    assert len(set(names)) == 98
    assert max(map(len, names)) <= 8


def test_tiles_tell_shown_hidden_missing_and_nothing_due_apart():
    it = met_tiles(shares(some()), MONTHS, frozenset({"751"}), ("final",))
    told = {row["place"]: row for row in it.rows.iter_rows(named=True)}
    assert told["101"]["verdict"] == "below"
    assert told["751"]["delivery"] == "missing"
    assert told["825"]["verdict"] == "uncertain"
    assert (told["492"]["status"], told["492"]["share"]) == ("hidden", None)
    assert (told["563"]["status"], told["563"]["share"]) == ("shown", None)
    assert (told["773"]["status"], told["773"]["share"]) == ("missing", None)
    assert "1 af de 3 kommuner" in it.title.da


def drawn_words(it: object) -> set[str]:
    specification = str(it.draw("da").to_dict(validate=True))  # type: ignore[attr-defined]
    return {word for word in ("▼ 60", "▲ 95", "'100'", "skjult", "–") if word in specification}  # noqa: RUF001


def test_the_verdict_is_a_sign_and_not_a_colour_alone():
    it = met_tiles(shares(some()), MONTHS, frozenset(), ("final",))
    assert drawn_words(it) == {"▼ 60", "▲ 95", "'100'", "skjult", "–"}  # noqa: RUF001


def test_the_funnel_leaves_hidden_municipalities_out_and_says_so():
    it = funnel_of(shares(some()), MONTHS, ("final",))
    assert it.note is not None
    assert it.note.da.startswith("1 ")
    assert it.title.en == "For 1 of 3 municipalities the distance to 80% may be chance"
    assert it.draw is not None
    assert it.draw("en").to_dict(validate=True)["layer"]


def test_nothing_is_said_of_nothing():
    nothing = shares(Figures(municipality("492", 3, None)))
    assert funnel_of(nothing, MONTHS, ()) is None
    for it in (met_tiles, recognised_tiles):
        assert not any(sign.isdigit() for sign in it(nothing, MONTHS, frozenset(), ()).title.da)


@pytest.mark.parametrize("counted", [some(), Figures(municipality("101", 40, 33))])
def test_the_page_stands_with_few_municipalities(counted: Figures):
    silent = [m for m in municipalities() if m.code == "751"]
    html = page(country(counted, missing=lambda: silent), "en").html
    assert 'href="kommuner/751.html">Aarhus</a>' in html
    assert html.count("<figure") == 3


def test_what_never_delivered_is_missing_and_not_hidden():
    told = without(shares(some()), frozenset({"492", "825"}))
    rows = {row["place"]: row for row in told.iter_rows(named=True)}
    for never in ("492", "825"):
        assert (rows[never]["whole"], rows[never]["share"]) == (None, None)
        assert (rows[never]["status"], rows[never]["whole_status"]) == ("missing", "missing")
    assert rows["101"]["share"] == 0.6


def test_the_page_says_that_the_data_are_too_young():
    young = Figures(municipality("101", 40, 33).filter(pl.col("month") > MONTHS[3]))
    it = page(country(young, missing=list), "da")
    assert it.exhibits == ()
    assert "tolv hele måneder" in it.html
