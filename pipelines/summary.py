"""The night in figures, read back from the publication itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from pipelines.settings import Home

_TOTALS: Final = (
    "select coalesce(sum(held), 0), coalesce(sum(recognised), 0) from counts where regime = 'duty'"
)
_CONTACTS: Final = (
    "select count(*) from supervision where contact_expected "
    "and month = (select max(month) from supervision)"
)
# Only where the publication tells of its difference to the one before: not one put back in place.
_CAUSES: Final = """
    select c.cause, sum(c.held), sum(c.recognised)
    from changes as c
    where
        c.regime = 'duty'
        and (select arg_max(previous_id, number) from history) = $before
    group by c.cause order by c.cause
"""
_LARGEST: Final = 10


@dataclass(frozen=True, slots=True)
class Totals:
    """Held and recognised meetings (regime duty) of one publication."""

    held: int
    recognised: int

    @property
    def gap(self) -> int:
        """Held minus recognised."""
        return self.held - self.recognised


@dataclass(frozen=True, slots=True)
class Summary:
    """What the night's owner wants to know at 07:00."""

    publication_id: str
    as_of: date
    file: Path
    delivered: int  # municipalities with a usable delivery
    missing: tuple[str, ...]  # municipalities without one
    files: dict[str, int]  # by status
    refused: tuple[tuple[str, date, str, str], ...]  # municipality, day, file, why; newest first
    rows: dict[str, int]  # by outcome
    national: tuple[tuple[str, int, int, int], ...]  # regime, held, recognised, gap
    gaps: tuple[tuple[str, int, int, int, str], ...]  # municipality, held, recognised, gap, reason
    reasons: tuple[tuple[str, int, int], ...]  # reason, first, only
    owed: tuple[tuple[str, int, int], ...]  # status, requirements, meetings missing
    contacts_expected: int  # municipalities the agency is expected to contact, in the latest month
    now: Totals
    before: Totals | None
    causes: tuple[tuple[str, int, int], ...]  # why they moved: cause, held, recognised
    new_files: int
    unmatched_words: int
    alerts: dict[str, int]  # by state
    receipts: Path  # where the return letters lie
    report: Path | None  # the report's front page; None where it could not be made


def summarise(home: Home, before: str | None) -> Summary:
    """The summary of the current publication, set against the one before (an id, or None)."""
    earlier = home.vintage(before) if before else None
    old_totals, old_files = _earlier(earlier) if earlier and earlier.exists() else (None, 0)
    with duckdb.connect(str(home.publication), read_only=True) as connection:

        def rows(query: str) -> list[tuple[object, ...]]:
            return connection.execute(query).fetchall()

        def table(query: str) -> tuple[tuple[object, ...], ...]:
            return tuple(rows(query))

        [(publication_id, as_of)] = rows("select publication_id, as_of from publication")
        missing = rows(
            "select name from municipalities where municipality_code not in "
            "(select municipality_code from deliveries where status = 'accepted') order by name"
        )
        [outcomes] = rows(
            "select coalesce(sum(rows_read), 0), coalesce(sum(rows_accepted), 0), "
            "coalesce(sum(rows_superseded), 0), coalesce(sum(rows_withdrawn), 0), "
            "coalesce(sum(rows_rejected), 0) from deliveries"
        )
        names = ("read", "accepted", "superseded", "withdrawn", "rejected")
        [(files,)] = rows("select count(*) from deliveries")
        [totals] = rows(_TOTALS)
        [(words,)] = rows("select count(*) from unmatched_words")
        [(contacts,)] = rows(_CONTACTS)
        [(municipalities,)] = rows("select count(*) from municipalities")
        return Summary(
            publication_id=str(publication_id),
            as_of=as_of,  # type: ignore[arg-type]  # DuckDB gives a DATE as a date
            file=home.publication,
            delivered=int(str(municipalities)) - len(missing),
            missing=tuple(str(name) for (name,) in missing),
            files={
                str(status): int(str(number))
                for status, number in rows("select status, count(*) from deliveries group by 1")
            },
            refused=table(  # type: ignore[arg-type]
                "select m.name, d.delivered_on, d.file, d.message_da from deliveries as d "
                "inner join municipalities as m using (municipality_code) "
                "where d.status = 'unreadable' "
                "order by d.delivered_on desc, m.name, d.file limit 10"
            ),
            rows={name: int(str(number)) for name, number in zip(names, outcomes, strict=True)},
            national=table(  # type: ignore[arg-type]
                "select regime, sum(held), sum(recognised), sum(gap) from counts group by 1 "
                "order by list_position(['held', 'register', 'duty', 'supervision'], regime)"
            ),
            gaps=table(  # type: ignore[arg-type]
                f"""
                with why as (
                    select municipality_code, arg_max(reason, meetings) as reason
                    from (
                        select municipality_code, reason, sum(not_recognised) as meetings
                        from reasons where regime = 'duty' group by all
                    ) group by all
                )
                select m.name, sum(c.held), sum(c.recognised), sum(c.gap), any_value(w.reason)
                from counts as c
                inner join municipalities as m using (municipality_code)
                left join why as w using (municipality_code)
                where c.regime = 'duty'
                group by m.name order by sum(c.gap) desc, m.name limit {_LARGEST}
                """
            ),
            reasons=table(  # type: ignore[arg-type]
                "select reason, sum(not_recognised), sum(sole) from reasons "
                "where regime = 'duty' group by 1 order by 2 desc"
            ),
            owed=table(  # type: ignore[arg-type]
                "select status, count(*), sum(shortfall) from requirements group by 1 "
                "order by list_position(['met', 'missed', 'caught_up', 'carried', 'open', "
                "'lapsed'], status)"
            ),
            contacts_expected=int(str(contacts)),
            now=Totals(*(int(str(number)) for number in totals)),
            before=old_totals,
            causes=tuple(connection.execute(_CAUSES, {"before": before}).fetchall()),
            new_files=int(str(files)) - old_files,
            unmatched_words=int(str(words)),
            alerts={
                str(state): int(str(number))
                for state, number in rows("select state, count(*) from alerts group by 1")
            },
            receipts=home.receipts,
            report=home.report_front if home.report_front.exists() else None,
        )


def _earlier(file: Path) -> tuple[Totals, int]:
    with duckdb.connect(str(file), read_only=True) as connection:
        [totals] = connection.execute(_TOTALS).fetchall()
        [(files,)] = connection.execute("select count(*) from deliveries").fetchall()
    return Totals(*(int(str(number)) for number in totals)), int(files)
