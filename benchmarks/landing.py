"""Writes plain CSV deliveries for timing: every byte readable by a bare `read_csv` too.

    python -m benchmarks.landing FOLDER [--meetings 1000000]

Clean enough to be read as it stands, and as dirty as deliveries are (shares of the meetings):

- 1 % of rows faulty: no id, an impossible date or CPR number, an unknown status or type, an end
  before the start, held in the year 2099;
- 5 % corrected by a later delivery (another status, form or start, or deleted), 0.3 % twice in
  one file, 0.7 % registered again under another id;
- three ways to write dates, two to write CPR numbers; form codes, words and longer texts; remarks
  that tell the mode and remarks that only mention one;
- five years from January 2020, so that the closure, the summer of 2020 by region, August 2021,
  the first six months of 2022 and the a-kasse's three months of 2024 are all in it;
- spells of every target group, some by their number in the law before 2020, some overlapping,
  some corrected, deleted or faulty; citizens without a spell; the unknown citizen.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import duckdb

FIRST_DAY: Final = date(2020, 1, 1)
_MEETINGS_A_CITIZEN: Final = 90


def main() -> None:
    """Writes the deliveries into a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--meetings", type=int, default=1_000_000)
    options = parser.parse_args()
    write_landing(options.folder, options.meetings)


def write_landing(
    landing: Path, meetings: int, deliveries: int = 24, days: int = 75, seed: int = 0
) -> None:
    """About `meetings` meetings and a spell per 15 of them, one file per municipality and delivery.

    98 municipalities of unequal size; each of the `deliveries` brings so many `days`. The same seed
    gives the same bytes under the same DuckDB.
    """
    from pipelines.municipalities import municipalities  # noqa: PLC0415 - keeps the help fast

    connection = duckdb.connect(config={"memory_limit": "6GB"})
    connection.execute("set enable_progress_bar = false")
    # the dice: a number from 0 to n - 1, another for each salt
    connection.execute(
        "create macro dice(i, salt, n) as "
        f"cast(hash(cast(i as bigint) * 64 + salt + {seed * 7919}) % n as integer)"
    )
    connection.execute("create macro picked(i, salt, list) as list[1 + dice(i, salt, len(list))]")
    connection.execute(_DAYED)
    connection.execute("create table places (code varchar, upto double)")
    total = sum(place.weight for place in municipalities())
    upto = 0.0
    for place in municipalities():
        upto += place.weight / total
        connection.execute("insert into places values (?, ?)", [place.code, upto])
    people = max(meetings // _MEETINGS_A_CITIZEN, 98)
    spells = -(-deliveries * days // 300)
    connection.execute(_PEOPLE.format(people=people))
    connection.execute(
        _MEETINGS.format(first=FIRST_DAY, days=deliveries * days, meetings=meetings, people=people)
    )
    connection.execute(_VERSIONS)
    connection.execute(_TEXTS.format(first=FIRST_DAY, each=days, last=deliveries - 1))
    connection.execute("drop table versions")
    connection.execute(_SPELLS.format(first=FIRST_DAY, spells=spells))
    received = [FIRST_DAY + timedelta(days * (n + 1)) for n in range(deliveries)]
    for place in municipalities():
        folder = landing / place.code
        query = f"create or replace temp table own as from texts where code = '{place.code}'"
        connection.execute(query)
        for number, day in enumerate(received):
            (folder / str(day)).mkdir(parents=True)
            rows = f"select * exclude (code, delivery) from own where delivery = {number}"
            _copy(connection, rows, folder / str(day) / "samtaler.csv")
        for version, day in enumerate((received[0], received[-1])):
            rows = (
                "select * exclude (code, version) from spell_texts "
                f"where code = '{place.code}' and version = {version} order by forloeb_id"
            )
            _copy(connection, rows, folder / str(day) / "forloeb.csv")
    connection.close()


def add_delivery(landing: Path, rows: int) -> None:
    """One more file, the day after the last: `rows` meetings under ids that are new."""
    newest = max(landing.glob("*/*/samtaler.csv"), key=lambda file: (file.parent.name, file))
    header, *known = newest.read_text("utf-8").splitlines()
    fresh = [f"ny-{number}-{known[number % len(known)]}" for number in range(rows)]
    day = date.fromisoformat(newest.parent.name) + timedelta(1)
    folder = newest.parents[1] / day.isoformat()
    folder.mkdir()
    (folder / newest.name).write_text("\n".join([header, *fresh, ""]), "utf-8")


# A day as a municipality writes it.
_DAYED: Final = """
create macro dayed(moment, code) as case cast(code as integer) % 3
    when 0 then strftime(moment, '%d-%m-%Y')
    when 1 then strftime(moment, '%Y-%m-%d')
    else strftime(moment, '%d.%m.%Y')
end
"""
_PEOPLE: Final = """
create table people as
select
    i as person,
    (select min_by(code, upto) from places where upto >= dice(i, 1, 1000000) / 1000000.0) as code,
    strftime(date '1955-01-01' + dice(i, 2, 15000), '%d%m%y')
    || case when dice(i, 3, 10) = 0 then '-' else '' end
    || lpad(cast(dice(i, 4, 4000) as varchar), 4, '0') as cpr
from range({people}) as t(i)
"""
# One row a meeting and what it is in truth; `again` = 1 is the same meeting registered once more.
_MEETINGS: Final = """
create table meetings as
with once as (
    select
        p.person, p.code, p.cpr, i, n.again,
        date '{first}' + dice(i, 5, {days})
        + to_minutes(480 + 15 * dice(i, 6, 30)) as start
    from range({meetings}) as t(i)
    inner join people as p on p.person = dice(i, 7, {people})
    inner join (values (0), (1)) as n(again) on n.again = 0 or dice(i, 8, 1000) < 7
)

select
    * replace (start + to_minutes(case when again = 1 and dice(i, 9, 4) = 0 then 1 else 0 end)
        as start)
from once
"""
# One row a version of a meeting: `late` = 1 came with the next delivery, 2 stands twice in a file.
_VERSIONS: Final = """
create table versions as
select m.*, 0 as late from meetings as m
union all
select m.*, 1 as late from meetings as m where dice(i, 10, 100) < 5
union all
select m.*, 2 as late from meetings as m where dice(i, 11, 1000) < 3
"""
_TEXTS: Final = """
create table texts as
with told as (
    select
        *,
        dice(i * 4 + late, 12, 2000) as fault,
        late = 1 and dice(i, 13, 10) = 0 as deleted,
        start + to_minutes(case when late = 1 and dice(i, 14, 4) = 0 then 15 else 0 end) as begins,
        least(date_diff('day', date '{first}', cast(start as date)) // {each}
            + cast(late = 1 as integer), {last}) as delivery
    from versions
)

select
    code,
    cast(delivery as integer) as delivery,
    case when fault < 4 then '' else code || '-' || i || case again when 1 then '-B' else '' end end
        as samtale_id,
    case when fault between 4 and 6 then '991399' || substr(cpr, 7)
        when dice(i, 15, 1000) < 3 then '0000000000' else cpr end as cpr,
    case when fault between 7 and 9 then '77'
        else picked(i, 16, ['7', '7', '7', '7', '4', '4', '4', 'Jobsamtale', 'Opfølgningssamtale',
            '17', '19', '9']) end as samtaletype,
    picked(i * 4 + cast(late = 1 as integer), 17, ['1', '1', '1', '2', '2', '7', '7', '6', '4', '3',
        '5', 'Telefonisk', 'TLF.', 'Personligt fremmøde', 'personligt', 'Teams', 'Videosamtale',
        'Telefonisk samtale', 'Møde via Teams', 'Video eller telefon', 'Andet', 'Andet sted',
        '-', '', '', '']) as samtaleform,
    case when fault between 10 and 12 then 'måske' when deleted then 'slettet'
        when again = 1 then 'afholdt'
        else picked(i * 4 + cast(late = 1 as integer), 18, ['afholdt', 'afholdt', 'afholdt',
            'afholdt', 'Gennemført', 'udeblevet', 'aflyst', 'ombooket']) end as status,
    case when fault between 13 and 15 then '31-02-2022' when fault = 16 then ''
        when fault = 17 then strftime(begins, '2099-%m-01 %H:%M')
        else dayed(begins, code) || strftime(begins, ' %H:%M') end as start,
    case when fault between 18 and 20 then dayed(begins - interval 1 day, code)
        when dice(i, 19, 10) = 0 then ''
        else dayed(begins, code) || strftime(begins + interval 30 minute, ' %H:%M') end as slut,
    picked(i, 20, ['jobcenter', 'jobcenter', 'jobcenter', 'a-kasse', 'anden aktør', '']) as aktoer,
    case when dice(i * 2 + again, 21, 50) = 0 then ''
        else dayed(start + to_hours(dice(i, 22, 90) + 48 * again), code)
        || strftime(start + to_hours(dice(i, 22, 90) + 48 * again), ' %H:%M:%S') end
        as registreret,
    case when dice(i, 23, 10) = 0 then ''
        else dayed(start - to_days(7 + dice(i, 24, 14)), code) end as indkaldt,
    case when dice(i, 25, 4) > 0 then '' else picked(i, 26, [
        'Holdt over telefon efter aftale', 'Afholdt på Teams', 'Samtalen blev holdt telefonisk',
        'Mødte op personligt', 'Borger mødte op personligt på jobcentret',
        'Ønsker video næste gang', 'Ringer senere på ugen', 'Drøftede digitalt CV',
        'Aftalt opfølgning uge ' || dice(i, 27, 52), 'CV og jobmål gennemgået']) end as bemaerkning
from told
order by code, delivery, i, again, late
"""
_SPELLS: Final = """
create table spell_texts as
with spells as (
    select
        person * 16 + n as i, person, code, cpr, n,
        date '{first}' - 90 + cast(n * 300 + dice(person, 30, 90) as integer) as begins,
        240 + dice(person * 16 + n, 31, 120) as days
    from people, range({spells}) as t(n)
    where dice(person * 16 + n, 32, 20) > 0
),

versions as (
    select *, 0 as version from spells
    union all
    select *, 1 as version from spells where dice(i, 33, 10) = 0
)

select
    code,
    version,
    case when dice(i, 34, 400) = 0 then '' else code || '-F' || person || '-' || n end
        as forloeb_id,
    cpr,
    case when dice(i, 35, 400) = 0 then '6.11'
        when dice(i, 36, 4) = 0 and begins < date '2020-01-01'
            then picked(i, 37, ['2.1', '2.2', '2.3', '2.4', '2.5', '2.12', '2.13'])
        when dice(i, 38, 400) = 0 then '2.1'
        else picked(i, 39, ['DP', 'DP', 'DP', 'KTH_JP', 'KTH_AP', 'UH_UP', 'UH_AP', 'SDP', 'SDP',
            'JAF', 'RF', 'FLEX', 'REV', '6.1', '6.4', '6.9', '6.10']) end as maalgruppe,
    case when dice(i, 40, 400) = 0 then '2020-13-01' else strftime(begins, '%Y-%m-%d') end as start,
    case when version = 0 and dice(i, 41, 8) = 0 then ''
        when dice(i, 42, 400) = 0 then strftime(begins - 1, '%Y-%m-%d')
        else strftime(begins + days, '%Y-%m-%d') end as slut,
    case when version = 1 and dice(i, 43, 5) = 0 then 'slettet' else '' end as status
from versions
"""


def _copy(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    path = str(file).replace("'", "''")
    connection.execute(f"copy ({query}) to '{path}' (format csv, delimiter ';', quote '')")


if __name__ == "__main__":
    main()
