from datetime import date, timedelta
from typing import NamedTuple

import polars as pl
import pytest
from stdnum.dk import cpr as cpr_number
from stdnum.exceptions import ValidationError

from pipelines.demo.citizens import UNKNOWN
from pipelines.demo.days import holidays
from pipelines.demo.meetings import make_meetings
from pipelines.demo.plan import plan_days, plan_deliveries, plan_senders
from pipelines.demo.render import render_meetings, render_spells
from pipelines.demo.spells import make_spells
from pipelines.demo.styles import Style
from pipelines.demo.versions import meeting_versions, period_versions

FIRST, LAST = date(2019, 1, 1), date(2026, 11, 20)
REMOTE = ["phone", "virtual"]


class Tables(NamedTuple):
    senders: pl.DataFrame
    deliveries: pl.DataFrame
    spells: pl.DataFrame
    meetings: pl.DataFrame


@pytest.fixture(scope="module")
def tables() -> Tables:
    senders = plan_senders(40_000, FIRST, LAST, seed=1)
    spells = make_spells(senders, plan_days(FIRST, LAST), FIRST, LAST)
    meetings = make_meetings(spells, senders, plan_days(FIRST, LAST), FIRST, LAST)
    return Tables(senders, plan_deliveries(senders, FIRST, LAST), spells, meetings)


def delivered_spells(tables: Tables) -> pl.DataFrame:
    at_once = tables.spells.with_columns(most_days_late=pl.lit(0))
    return period_versions(at_once, tables.deliveries, FIRST)


def has_real_date(cpr: str) -> bool:
    try:
        cpr_number.get_birth_date(cpr)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("year", "share"), [(2019, 0.22), (2021, 0.69), (2023, 0.44)])
def test_phone_and_video_have_the_published_share(tables: Tables, year: int, share: float):
    held = tables.meetings.filter(
        pl.col("day").dt.year() == year,
        pl.col("actor") != "a_kasse",
        pl.col("meeting_type").is_in(["4", "7", "17", "19"]),
        status="held",
    )
    assert held["mode"].is_in(REMOTE).mean() == pytest.approx(share, abs=0.03)


def test_the_closure_is_held_by_phone_and_thinner(tables: Tables):
    day = pl.col("day")
    closed = tables.meetings.filter(day.is_between(date(2020, 3, 12), date(2020, 5, 26)))
    year_before = tables.meetings.filter(day.is_between(date(2019, 3, 12), date(2019, 5, 26)))
    assert (closed["mode"] == "phone").mean() > 0.93
    assert 0.4 < closed.height / year_before.height < 0.75


def test_municipalities_differ_in_their_use_of_phone_and_video(tables: Tables):
    shares = (
        tables.meetings.filter(pl.col("day") >= date(2022, 1, 1))
        .group_by("municipality_code")
        .agg(pl.col("mode").is_in(REMOTE).mean(), rows=pl.len())
        .filter(pl.col("rows") > 200)["mode"]
    )
    assert shares.max() - shares.min() > 0.2


def test_about_as_many_meetings_as_asked_for(tables: Tables):
    assert tables.meetings.height == pytest.approx(40_000, rel=0.06)
    assert tables.meetings.select("municipality_code", "number", "slot").is_unique().all()


def test_meetings_are_held_in_working_hours_on_working_days(tables: Tables):
    start = tables.meetings["started_at"]
    assert start.dt.weekday().max() == 5
    assert start.dt.hour().is_between(8, 15).all()
    assert not set(start.dt.date()) & {day for year in range(2019, 2027) for day in holidays(year)}


def test_only_planned_meetings_lie_ahead_and_nothing_is_registered_ahead(tables: Tables):
    ahead = tables.meetings.filter(pl.col("day") > LAST)
    assert set(ahead["status"]) == {"planned"}
    assert tables.meetings["registered_at"].dt.date().max() <= LAST
    held = tables.meetings.filter(status="held", is_first=True)
    assert (held["registered_at"] >= held["started_at"]).all()


def test_the_moving_holidays_follow_easter():
    assert {date(2020, 4, 9), date(2020, 4, 13), date(2020, 5, 8), date(2020, 6, 1)} <= holidays(
        2020
    )
    assert date(2024, 4, 26) not in holidays(2024)  # Great Prayer Day was abolished


def test_all_ten_groups_occur_and_the_two_large_ones_lead(tables: Tables):
    shares = tables.spells["target_group"].value_counts(sort=True)["target_group"].to_list()
    assert len(shares) == 10
    assert {"DP", "KTH_JP"} < set(shares[:3])


def test_the_a_kasse_has_the_first_three_months_from_2024_on(tables: Tables):
    by_a_kasse = tables.meetings.filter(actor="a_kasse")
    assert set(by_a_kasse["target_group"]) == {"DP"}
    assert by_a_kasse["start"].min() >= date(2024, 1, 1)
    early = by_a_kasse["day"] < by_a_kasse["start"].dt.offset_by("3mo")
    assert early.mean() > 0.8


def test_citizens_have_real_dates_and_nobodys_number(tables: Tables):
    numbers = tables.spells["cpr"].unique().to_list()
    assert all(has_real_date(number) for number in numbers)
    assert not any(cpr_number.checksum(number) == 0 for number in numbers)
    assert not any(number.startswith("0101") for number in numbers)


def test_a_municipality_is_the_same_alone_as_among_the_others(tables: Tables):
    alone = tables.senders.filter(municipality_code="461")
    spells = make_spells(alone, plan_days(FIRST, LAST), FIRST, LAST)
    assert spells.equals(tables.spells.filter(municipality_code="461"))


def test_a_few_records_come_again_corrected_or_withdrawn(tables: Tables):
    versions = meeting_versions(tables.meetings, tables.deliveries)
    first, later = (versions.filter(version=number) for number in (0, 1))
    withdrawn = later.filter(status="withdrawn").height
    assert first.height == tables.meetings.height
    assert 0.015 < (later.height - withdrawn) / first.height < 0.03
    assert 0.001 < withdrawn / first.height < 0.005
    again = later.join(first, on=["municipality_code", "number", "slot"])
    assert (again["delivered_on"] > again["delivered_on_right"]).all()


def test_the_true_version_comes_last(tables: Tables):
    key = ["municipality_code", "number", "slot"]
    versions = meeting_versions(tables.meetings, tables.deliveries).filter(version=1)
    corrected = versions.filter(pl.col("status") != "withdrawn").join(tables.meetings, on=key)
    assert corrected["form"].equals(corrected["form_right"])
    assert corrected["started_at"].equals(corrected["started_at_right"])


def test_spells_are_delivered_with_their_meetings_and_end_when_it_is_known(tables: Tables):
    spells = delivered_spells(tables)
    first = spells.filter(version=0)
    meetings = meeting_versions(tables.meetings, tables.deliveries).filter(
        pl.col("day") >= pl.col("start")
    )
    both = meetings.join(first, on=["municipality_code", "number"])
    assert (both["delivered_on_right"] <= both["delivered_on"]).all()
    assert (spells["end"].drop_nulls() <= spells.drop_nulls("end")["delivered_on"]).all()
    assert spells.filter(version=1)["end"].null_count() == 0


def test_the_large_deliver_in_the_last_nights_and_all_on_the_last_day(tables: Tables):
    latest = tables.deliveries.group_by("municipality_code").agg(pl.col("delivered_on").max())
    assert latest["delivered_on"].unique().to_list() == [LAST]
    assert latest.height == 97
    nights = tables.deliveries.filter(pl.col("delivered_on") > LAST - timedelta(5))
    assert nights.filter(municipality_code="101").height == 5


def test_only_spoilt_rows_have_an_impossible_number(tables: Tables):
    versions = meeting_versions(tables.meetings, tables.deliveries)
    rendered = render_meetings(versions, "999", Style())
    sound, spoilt = rendered.filter(~pl.col("faulty")), rendered.filter("faulty")
    assert all(has_real_date(cpr) for cpr in sound["cpr"].unique() if cpr != UNKNOWN)
    assert 0.005 < spoilt.height / rendered.height < 0.015
    assert spoilt["cpr"].str.ends_with("XXXX").any()
    assert spoilt["cpr"].str.starts_with("3102").any()


def test_every_way_to_spoil_a_meeting_occurs(tables: Tables):
    versions = meeting_versions(tables.meetings, tables.deliveries)
    spoilt = render_meetings(versions, "999", Style(municipality="three")).filter("faulty")
    start = pl.col("start")
    counts = spoilt.select(
        id_missing=pl.col("samtale_id").is_null(),
        start_missing=start.is_null(),
        two_digit_year=start.str.contains(r"^\d\d-\d\d-\d\d$"),
        impossible=start == "31-02-2024",
        end_before_start=pl.col("slut") < start,
        held_in_future=start.str.slice(0, 10) > pl.col("delivered_on").dt.to_string(),
        status_unknown=pl.col("status").is_in(["Kladde", "?", "Overført"]),
        type_unknown=pl.col("samtaletype").is_in(["99", "Kaffemøde"]),
        municipality_mismatch=pl.col("kommune") != "999",
    ).sum()
    assert min(counts.row(0)) > 0


def test_old_paragraph_numbers_are_only_used_for_old_spells(tables: Tables):
    rendered = render_spells(delivered_spells(tables), "999", Style(groups="by law")).filter(
        ~pl.col("faulty")
    )
    old = rendered["maalgruppe"].str.starts_with("2.")
    assert old.any()
    assert (old == (rendered["fra"] < "2020-01-01")).all()
