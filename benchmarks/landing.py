"""Writes plain CSV deliveries for timing: every byte readable by a bare `read_csv` too."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb


def write_landing(landing: Path, meetings: int, months: int = 24) -> None:
    """About `meetings` meetings and a spell per 15 of them, one file per municipality and month.

    98 municipalities of unequal size, from January 2022; one row in a hundred is faulty, one in
    twenty a later version, one in eight has a remark.
    """
    from pipelines.municipalities import municipalities  # noqa: PLC0415 - keeps the help fast

    connection = duckdb.connect(config={"memory_limit": "4GB"})
    connection.execute("set enable_progress_bar = false")
    connection.execute("create table places (code varchar, upto double)")
    total = sum(place.weight for place in municipalities())
    upto = 0.0
    for place in municipalities():
        upto += place.weight / total
        connection.execute("insert into places values (?, ?)", [place.code, upto])
    people = max(meetings // 35, 98)
    connection.execute(
        f"""
        create table people as
        select
            i as person,
            (select min_by(code, upto) from places where upto >= (hash(i) % 1000000) / 1000000.0)
                as code,
            strftime(date '1955-01-01' + cast(hash(i + 7) % 15000 as integer), '%d%m%y')
            || lpad(cast(hash(i + 9) % 4000 as varchar), 4, '0') as cpr
        from range({people}) as t(i)
        """
    )
    connection.execute(
        f"""
        create table meetings as
        select
            p.code,
            cast(date '2022-01-01' + cast(hash(i + 3) % ({months} * 30) as integer) as timestamp)
            + to_minutes(cast(480 + 15 * (hash(i + 5) % 30) as integer)) as start,
            i,
            p.cpr,
            cast(hash(i + 11) % 1000000007 as bigint) as dice
        from range({meetings}) as t(i)
        inner join people as p on p.person = hash(i) % {people}
        """
    )
    connection.execute(_MEETING_TEXTS)
    connection.execute(
        f"""
        create view spell_texts as
        select
            code,
            code || '-F' || person || '-' || n as forloeb_id,
            cpr,
            ['DP', 'KTH_JP', 'KTH_AP', 'SDP', '6.4', '6.9'][
                1 + cast(hash(person + n) % 6 as bigint)
            ] as maalgruppe,
            date '2021-10-01' + cast(n * 300 + hash(person) % 90 as integer) as start,
            date '2021-10-01' + cast(n * 300 + hash(person) % 90 + 280 as integer) as slut
        from people, range({max(months // 10, 1)}) as t(n)
        """
    )
    for place in municipalities():
        code = place.code
        query = f"create or replace temp table own as from meeting_texts where code = '{code}'"
        connection.execute(query)
        for month in range(months):
            folder = landing / code / str(date(2022, 2, 2) + timedelta(30 * month))
            folder.mkdir(parents=True)
            rows = f"select * exclude (code, month) from own where month = {month}"
            _copy(connection, rows, folder / "samtaler.csv")
        spells = f"select * exclude (code) from spell_texts where code = '{code}'"
        _copy(connection, spells, landing / code / "2022-02-02" / "forloeb.csv")
    connection.close()


_MEETING_TEXTS = """
create table meeting_texts as
select
    code,
    cast(date_diff('day', date '2022-01-01', cast(start as date)) // 30 as integer) as month,
    case when dice % 200 = 1 then '' else code || '-' || (i - cast(dice % 20 = 3 as integer)) end
        as samtale_id,
    cpr,
    ['7', '7', '7', '4', '17', '19', '9'][1 + dice % 7] as samtaletype,
    ['1', '1', '1', '2', '2', '7', 'Telefonisk', 'Personligt fremmøde', 'Teams', ''][1 + dice % 10]
        as samtaleform,
    ['afholdt', 'afholdt', 'afholdt', 'afholdt', 'udeblevet', 'aflyst'][1 + dice % 6] as status,
    case when dice % 200 = 5 then '31-02-2022' else strftime(start, '%d-%m-%Y %H:%M') end as start,
    strftime(start + interval 30 minute, '%d-%m-%Y %H:%M') as slut,
    'jobcenter' as aktoer,
    strftime(start + to_hours(cast(dice % 90 as integer)), '%d-%m-%Y %H:%M:%S') as registreret,
    strftime(start - interval 14 day, '%d-%m-%Y') as indkaldt,
    case
        when dice % 16 = 1 then 'Holdt over telefon efter aftale'
        when dice % 16 = 2 then 'Drøftede CV og jobmål, aftalt opfølgning uge ' || dice % 52
        else ''
    end as bemaerkning
from meetings
order by code, month
"""


def _copy(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    path = str(file).replace("'", "''")
    connection.execute(f"copy ({query}) to '{path}' (format csv, delimiter ';', quote '')")
