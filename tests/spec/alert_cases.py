"""When each alert rule fires and when it is silent: hand-made tables just over and under a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Row = dict[str, object]
CPH, AAR, ODE = "101", "751", "461"
OTHERS = ("147", "151", "153", "157", "159", "161")
OCTOBER = date(2026, 10, 1)
SETTLED = date(2026, 11, 4)
"""The first day whose deliveries tell the whole of October: its end and four days."""


@dataclass(frozen=True)
class Found:
    """What a rule finds, as far as its case speaks of it."""

    municipality: str | None = CPH
    group: str | None = None
    subject: str | None = None
    period: date | None = None
    value: float = 0
    threshold: float = 0
    cases: int = 0


@dataclass(frozen=True)
class AlertCase:
    """Tables, and what one rule finds in them; nothing where it is silent."""

    rule: str
    title: str
    tables: Mapping[str, list[Row]]
    found: tuple[Found, ...] = ()
    as_of: date = SETTLED

    def __str__(self) -> str:
        return f"{self.rule}: {self.title}"


def months_before(month: date, number: int) -> date:
    place = month.year * 12 + month.month - 1 - number
    return date(place // 12, place % 12 + 1, 1)


def files(
    *days: date,
    code: str = CPH,
    kind: str | None = "meetings",
    read: int = 1000,
    rejected: int = 0,
    status: str = "accepted",
) -> list[Row]:
    return [
        {
            "municipality_code": code,
            "delivered_on": day,
            "file": f"{kind}.csv",
            "delivery_id": f"{code}{day:%y%m%d}".ljust(64, "0"),
            "kind": kind,
            "status": status,
            "rows_read": read,
            "rows_rejected": rejected,
        }
        for day in days
    ]


def tables(*parts: Mapping[str, Iterable[Row]]) -> dict[str, list[Row]]:
    together: dict[str, list[Row]] = {}
    for part in parts:
        for name, rows in part.items():
            together.setdefault(name, []).extend(rows)
    return together


def delivered(*days: date, code: str = CPH) -> dict[str, list[Row]]:
    return {"deliveries": files(*days, code=code)}


# --- share met, requirements missed, backlog ---------------------------------------------------


def share(
    met: int,
    due: int = 100,
    group: str = "KTH_JP",
    requirement: str = "four-2024",
    month: date = OCTOBER,
    asked: float | None = None,
    municipal: float = 0,
) -> dict[str, list[Row]]:
    row: Row = {
        "municipality_code": CPH,
        "target_group": group,
        "requirement_id": requirement,
        "month": month,
        "due": due,
        "met": met,
        "met_share": met / due,
        "required_share": asked,
        "municipality_met_share": municipal,
    }
    return {"compliance": [row]}


def shares() -> Iterator[AlertCase]:
    def case(
        title: str, *parts: Mapping[str, list[Row]], found: tuple[Found, ...] = ()
    ) -> AlertCase:
        day = () if any("deliveries" in part for part in parts) else (delivered(SETTLED),)
        return AlertCase("share_below_line", title, tables(*day, *parts), found)

    def low(
        value: float,
        cases: int,
        subject: str = "four-2024",
        group: str | None = "KTH_JP",
        line: float = 0.8,
    ) -> tuple[Found, ...]:
        return (Found(CPH, group, subject, OCTOBER, value, line, cases),)

    yield case("79 of 100 is under the line", share(79), found=low(0.79, 21))
    yield case("80 of 100 is on it", share(80))
    yield case("15 of 20 is under it", share(15, 20), found=low(0.75, 5))
    yield case("19 are too few for a share", share(0, 19))
    yield case(
        "a requirement of the a-kasse is not the municipality's",
        share(1, group="DP", requirement="dp-2024-akasse"),
    )
    together = {"requirement": "four-2026", "asked": 0.75}
    yield case(
        "the 75 % kind is judged on the municipality, not on its groups",
        share(60, group="KTH_JP", municipal=0.75, **together),
        share(90, group="FLEX", municipal=0.75, **together),
    )
    yield case(
        "the 75 % kind under 75 % for all groups together",
        share(60, group="KTH_JP", municipal=0.745, **together),
        share(89, group="FLEX", municipal=0.745, **together),
        found=low(0.745, 51, "four-2026", None, 0.75),
    )
    yield case(
        "a month is judged when four days have come for late registration",
        share(10),
        delivered(SETTLED - timedelta(1)),
    )
    yield case(
        "what a municipality has not delivered is late, not unmet",
        share(10),
        delivered(date(2026, 9, 5)),
        delivered(SETTLED, code=AAR),
    )
    yield case("an older month has had its alert", share(10, month=date(2026, 9, 1)))


def owed(
    due_on: date, status: str = "missed", actor: str = "municipality", **more: object
) -> dict[str, list[Row]]:
    row: Row = {
        "municipality_code": CPH,
        "spell_id": "F1",
        "target_group": "KTH_AP",
        "requirement_id": "four-2020",
        "actor": actor,
        "due_on": due_on,
        "status": status,
        **more,
    }
    return {"requirements": [row]}


def missed() -> Iterator[AlertCase]:
    day = date(2026, 11, 5)
    monthly, nightly = delivered(date(2026, 10, 6), day), delivered(date(2026, 11, 4), day)
    first, last = date(2026, 10, 3), date(2026, 11, 1)

    def case(
        title: str, *parts: Mapping[str, list[Row]], found: tuple[Found, ...] = ()
    ) -> AlertCase:
        return AlertCase("newly_missed", title, tables(*parts), found, as_of=date(2026, 11, 9))

    def one(since: date, number: int = 1) -> tuple[Found, ...]:
        return (Found(period=since, value=number, threshold=1, cases=number),)

    yield case("one missed since the delivery before", monthly, owed(first), found=one(first))
    yield case("it was known at the delivery before", monthly, owed(first - timedelta(1)))
    yield case(
        "all groups and requirements are one number",
        monthly,
        owed(last),
        owed(last, target_group="SDP", requirement_id="four-2024"),
        found=one(first, 2),
    )
    yield case("its last meeting may still be registered", monthly, owed(last + timedelta(1)))
    yield case(
        "who delivers every night is told of a week",
        nightly,
        owed(date(2026, 10, 26)),
        found=one(date(2026, 10, 26)),
    )
    yield case("the week before is over", nightly, owed(date(2026, 10, 25)))
    yield case("what was met is not missed", nightly, owed(last, "met"))
    yield case("the a-kasse's are its own", nightly, owed(last, actor="a_kasse"))


def backlog() -> Iterator[AlertCase]:
    then, due_on = SETTLED - timedelta(28), date(2020, 5, 1)
    running: dict[str, list[Row]] = {"spells": [{"municipality_code": CPH, "spell_id": "F1"}]}
    ended: dict[str, list[Row]] = {
        "spells": [
            {"municipality_code": CPH, "spell_id": "F2", "ended_on": then + timedelta(1)},
            {"municipality_code": CPH, "spell_id": "F3", "ended_on": then},
        ]
    }

    def case(
        title: str, *parts: Mapping[str, list[Row]], found: tuple[Found, ...] = ()
    ) -> AlertCase:
        return AlertCase(
            "backlog_not_shrinking",
            title,
            tables(delivered(SETTLED), running, ended, owed(due_on, "carried"), *parts),
            found,
        )

    still = (Found(group="KTH_AP", value=1, threshold=1, cases=1),)
    yield case("one is owed, as four weeks ago", found=still)
    yield case(
        "one was caught up in the four weeks",
        owed(due_on, "caught_up", met_on=then + timedelta(1)),
    )
    yield case("one was caught up before them", owed(due_on, "caught_up", met_on=then), found=still)
    yield case("one ended in the four weeks", owed(due_on, "lapsed", spell_id="F2"))
    yield case("one ended before them", owed(due_on, "lapsed", spell_id="F3"), found=still)
    yield AlertCase(
        "backlog_not_shrinking",
        "days without a delivery are not held against it",
        tables(
            delivered(date(2026, 8, 1)),
            running,
            owed(due_on, "carried"),
            owed(due_on, "caught_up", met_on=date(2026, 7, 20)),
        ),
    )
    yield AlertCase(
        "backlog_not_shrinking",
        "nothing of the closure is owed",
        tables(delivered(SETTLED), running, owed(due_on, "caught_up", met_on=date(2020, 9, 1))),
    )


# --- the gap and the supervision ---------------------------------------------------------------


def gaps(*shares: float, code: str = CPH, held: int = 100) -> dict[str, list[Row]]:
    """The gap month by month up to October, in two cells as the table has it."""
    rows: list[Row] = []
    for number, part in enumerate(reversed(shares)):
        lacking = round(held * part)
        for mode, cell_held, gap in (
            ("phone", held // 2, lacking),
            ("virtual", held - held // 2, 0),
        ):
            rows.append(
                {
                    "regime": "duty",
                    "month": months_before(OCTOBER, number),
                    "municipality_code": code,
                    "target_group": "SDP",
                    "mode": mode,
                    "held": cell_held,
                    "gap": gap,
                }
            )
    return {"counts": rows}


def gap() -> Iterator[AlertCase]:
    calm, restless = (0.19, 0.21, 0.2, 0.2, 0.19, 0.21), (0.1, 0.3, 0.1, 0.3, 0.1, 0.3)

    def case(
        title: str, *parts: Mapping[str, list[Row]], found: tuple[Found, ...] = ()
    ) -> AlertCase:
        return AlertCase("gap_above_history", title, tables(delivered(SETTLED), *parts), found)

    def over(value: float, line: float, code: str = CPH) -> Found:
        return Found(code, None, None, OCTOBER, value, line, round(value * 100))

    yield case(
        "ten points over its own months, and one", gaps(*calm, 0.31), found=(over(0.31, 0.3),)
    )
    yield case("less than ten points over", gaps(*calm, 0.29))
    yield case("a restless municipality has a higher line", gaps(*restless, 0.59))
    yield case("over that line too", gaps(*restless, 0.61), found=(over(0.61, 0.6),))
    yield case("five months are no history", gaps(*calm[1:], 0.9))
    yield case("49 meetings are no share", gaps(*calm, 0.4, held=49))
    yield AlertCase(
        "gap_above_history",
        "a month that is not settled is not judged",
        tables(delivered(SETTLED - timedelta(1)), gaps(*calm, 0.9)),
    )
    everyone = [part for code in OTHERS for part in (delivered(SETTLED, code=code),)]
    changed = [gaps(*calm, 0.45, code=code) for code in OTHERS]
    yield case(
        "a law that changed for all is no one's own doing", *everyone, *changed, gaps(*calm, 0.5)
    )
    yield case(
        "more than the law did",
        *everyone,
        *changed,
        gaps(*calm, 0.57),
        found=(over(0.57, 0.55),),
    )
    yield case(
        "a law that changed in the months before is no noise",
        *everyone,
        *[gaps(*calm, 0.5, 0.5, 0.5, 0.5, code=code) for code in OTHERS],
        gaps(*calm, 0.5, 0.5, 0.5, 0.65),
        found=(over(0.65, 0.6),),
    )
    yield case(
        "with three others there is no telling what moved everywhere",
        *everyone[:3],
        *changed[:3],
        gaps(*calm, 0.5),
        found=(over(0.5, 0.3), *(over(0.45, 0.3, code) for code in OTHERS[:3])),
    )
    yield case(
        "a source system explains it",
        gaps(*calm, 0.9),
        delivered(SETTLED, code=AAR),
        system(CPH, (OLD, 100, {"mode_unknown": 2}), (SETTLED, 100, {"mode_unknown": 90})),
        system(AAR, (OLD, 100, {"mode_unknown": 2}), (SETTLED, 100, {"mode_unknown": 90})),
    )


def supervision() -> Iterator[AlertCase]:
    def month(row: int, month: date = OCTOBER) -> dict[str, list[Row]]:
        found: Row = {
            "municipality_code": CPH,
            "month": month,
            "reached_six_months": 20,
            "with_four": 15,
            "months_in_a_row": row,
        }
        return {"supervision": [found]}

    def case(
        title: str,
        *parts: Mapping[str, list[Row]],
        day: date = SETTLED,
        found: tuple[Found, ...] = (),
    ) -> AlertCase:
        return AlertCase("supervision_months", title, tables(delivered(day), *parts), found)

    def below(row: int, month: date = OCTOBER) -> tuple[Found, ...]:
        return (Found(period=month, value=row, threshold=6, cases=5),)

    september = date(2026, 9, 1)
    yield case("the first month below the line", month(1), found=below(1))
    yield case("seven in a row", month(7), found=below(7))
    yield case("a month that is not below", month(0))
    yield case("the row was broken by a month without spells", month(5, september))
    yield case(
        "a month that is not settled waits",
        month(5, september),
        month(6),
        day=SETTLED - timedelta(1),
        found=below(5, september),
    )
    yield case(
        "on the last day of a month the month before is judged",
        month(5, september),
        month(0),
        day=date(2026, 10, 31),
        found=below(5, september),
    )


# --- deliveries --------------------------------------------------------------------------------


def deliveries() -> Iterator[AlertCase]:
    both = files(SETTLED) + files(SETTLED, kind="spells")
    town: dict[str, list[Row]] = {
        "municipalities": [{"municipality_code": CPH, "name": "København"}]
    }

    def missing(title: str, rows: list[Row], *subjects: str) -> AlertCase:
        found = tuple(Found(subject=subject, value=0, threshold=1) for subject in subjects)
        return AlertCase("delivery_missing", title, tables(town, {"deliveries": rows}), found)

    yield missing("meetings and spells have come; absences need not", both)
    yield missing("no file at all", [], "files")
    yield missing(
        "no file that could be read", files(SETTLED, kind=None, status="unreadable"), "files"
    )
    yield missing("meetings without spells", both[:1], "spells")
    yield missing("spells without meetings", both[1:], "meetings")

    def late(
        title: str, days: int, *rows: Row, line: float | None = None, kind: str = "meetings"
    ) -> AlertCase:
        found = (Found(subject=kind, value=days, threshold=line or 0, cases=days),) if line else ()
        last = max(str(row["delivered_on"]) for row in rows if row["rows_read"])
        return AlertCase(
            "delivery_late",
            title,
            {"deliveries": list(rows)},
            found,
            as_of=date.fromisoformat(last) + timedelta(days),
        )

    monthly = files(*(date(2026, 3, 2) + timedelta(30 * number) for number in range(4)))
    soon = files(*(date(2026, 6, 1) + timedelta(number) for number in range(12)))
    nightly = files(*(date(2026, 3, 2) + timedelta(number) for number in range(9)))
    yield late("monthly deliveries, one and a half month ago", 45, *monthly)
    yield late("monthly deliveries, a day more", 46, *monthly, line=45)
    yield late("nightly deliveries, a week ago", 7, *nightly)
    yield late("nightly deliveries, a day more", 8, *nightly, line=7)
    corrected = sorted(
        (*monthly, *files(*(date(2026, 3, 3) + timedelta(30 * number) for number in range(3)))),
        key=lambda row: str(row["delivered_on"]),
    )
    yield late("a corrected delivery the next day is no rhythm", 43, *corrected)
    yield late("deliveries that came every month and now every night", 8, *monthly, *soon, line=7)
    yield late("two deliveries are no rhythm yet", 45, *nightly[:2])
    half_yearly = files(date(2026, 1, 5), date(2026, 7, 4))
    yield late("two deliveries half a year apart", 270, *half_yearly)
    yield late("two deliveries half a year apart, a day more", 271, *half_yearly, line=270)
    yield late("a single delivery, one and a half month ago", 45, *files(SETTLED))
    yield late("a single delivery, a day more", 46, *files(SETTLED), line=45)
    yield late(
        "a file without rows is no delivery",
        46,
        *monthly,
        *files(date(2026, 7, 1), read=0),
        line=45,
    )
    spells = files(
        *(date(2026, 3, 2) + timedelta(30 * number) for number in range(4)), kind="spells"
    )
    yield AlertCase(
        "delivery_late",
        "spells no longer come, but meetings do",
        {"deliveries": [*spells, *monthly, *files(date(2026, 6, 30), date(2026, 7, 30))]},
        (Found(subject="spells", value=60, threshold=45, cases=60),),
        as_of=date(2026, 7, 30),
    )

    def unreadable(title: str, *rows: Row, found: int = 0) -> AlertCase:
        wrong = (Found(value=found, threshold=1, cases=found),) if found else ()
        return AlertCase("delivery_unreadable", title, {"deliveries": list(rows)}, wrong)

    def bad(*days: date) -> list[Row]:
        return files(*days, kind=None, status="unreadable", read=0)

    a_month_ago = SETTLED - timedelta(30)
    good = files(SETTLED)
    yield unreadable("two files of the latest day", *bad(SETTLED, SETTLED), *good, found=2)
    yield unreadable("the only file ever sent", *bad(SETTLED), found=1)
    yield unreadable("a month ago, and nothing since", *bad(a_month_ago), found=1)
    yield unreadable("older than that", *bad(a_month_ago - timedelta(1)))
    yield unreadable("a later day could be read", *bad(SETTLED - timedelta(1)), *good)


def rejections() -> Iterator[AlertCase]:
    days = [SETTLED - timedelta(30 * number) for number in range(5)]

    def case(title: str, *rows: Row, found: tuple[Found, ...] = (), **more: list[Row]) -> AlertCase:
        return AlertCase("rejected_above_history", title, {"deliveries": list(rows), **more}, found)

    def over(value: float, line: float, cases: int) -> tuple[Found, ...]:
        return (Found(value=value, threshold=line, cases=cases),)

    calm = files(*days[1:], rejected=10)
    restless = [
        row
        for day, rejected in zip(days[1:], (10, 30, 10, 30), strict=True)
        for row in files(day, rejected=rejected)
    ]
    yield case(
        "two points over, and a little",
        *calm,
        *files(days[0], rejected=31),
        found=over(0.031, 0.03, 31),
    )
    yield case("two points over", *calm, *files(days[0], rejected=29))
    yield case("restless deliveries have a higher line", *restless, *files(days[0], rejected=59))
    yield case(
        "over that line too", *restless, *files(days[0], rejected=61), found=over(0.061, 0.06, 61)
    )
    yield case("nine rows are few", *calm, *files(days[0], read=20, rejected=9))
    yield case(
        "ten rows are not", *calm, *files(days[0], read=20, rejected=10), found=over(0.5, 0.03, 10)
    )
    yield case(
        "a first delivery with more than one in twenty",
        *files(days[0], rejected=51),
        found=over(0.051, 0.05, 51),
    )
    yield case("a first delivery with one in twenty", *files(days[0], rejected=50))
    yield AlertCase(
        "rejected_above_history",
        "a month later it is told no more",
        {"deliveries": [*calm, *files(days[0], rejected=900)]},
        as_of=days[0] + timedelta(31),
    )
    explained = tables(*(unreadable_status(code) for code in (CPH, AAR)))
    yield AlertCase("rejected_above_history", "a source system explains it", explained)


# --- source systems ----------------------------------------------------------------------------

OLD = date(2026, 8, 1)


def system(
    code: str, *days: tuple[date, int, Mapping[str, int]], name: str = "Momentum"
) -> dict[str, list[Row]]:
    """By day of delivery: held, and what differs from all in person and every field filled."""
    return {
        "source_systems": [
            {
                "municipality_code": code,
                "source_system": name,
                "delivered_on": day,
                "held": held,
                "in_person": held,
                "virtual": 0,
                "phone": 0,
                "mode_unknown": 0,
                "not_registered": 0,
                "not_summoned": 0,
                **differing,
            }
            for day, held, differing in days
        ]
    }


def unreadable_status(code: str) -> dict[str, list[Row]]:
    """A municipality on Momentum whose latest delivery has no status that can be read."""
    [latest] = files(SETTLED, code=code, read=50, rejected=50)
    return tables(
        {"deliveries": [*files(OLD, code=code, rejected=10), latest]},
        system(code, (OLD, 100, {})),
        {
            "rejections": [
                {
                    "municipality_code": code,
                    "delivered_on": SETTLED,
                    "delivery_id": latest["delivery_id"],
                    "source_row": number,
                    "column_name": "status",
                    "code": "status_unknown",
                }
                for number in range(1, 51)
            ]
        },
    )


def systems() -> Iterator[AlertCase]:
    def case(
        title: str, *parts: Mapping[str, list[Row]], found: tuple[Found, ...] = ()
    ) -> AlertCase:
        return AlertCase("system_field_empty", title, tables(*parts), found)

    def gone(subject: str, value: float, before: float, cases: int) -> tuple[Found, ...]:
        return (Found(None, None, f"Momentum: {subject}", None, value, before, cases),)

    def form(
        code: str, before: int, now: int, name: str = "Momentum", held: int = 100
    ) -> dict[str, list[Row]]:
        return system(
            code,
            (OLD, 100, {"mode_unknown": before}),
            (SETTLED, held, {"mode_unknown": now}),
            name=name,
        )

    yield case(
        "the form is gone in both municipalities",
        form(CPH, 2, 100),
        form(AAR, 4, 80),
        found=gone("samtaleform", 0.9, 0.03, 180),
    )
    yield case(
        "twenty points more",
        form(CPH, 2, 23),
        form(AAR, 2, 23),
        found=gone("samtaleform", 0.23, 0.02, 46),
    )
    yield case("less than twenty points more", form(CPH, 2, 21), form(AAR, 2, 21))
    yield case("one municipality is its own alert", form(CPH, 2, 100))
    yield case(
        "in one of three the form is there", form(CPH, 2, 100), form(AAR, 2, 100), form(ODE, 2, 3)
    )
    yield case(
        "who never told it can say nothing",
        form(CPH, 2, 100),
        form(AAR, 2, 100),
        form(ODE, 100, 100),
        found=gone("samtaleform", 1, 0.02, 200),
    )
    yield case("nineteen meetings are few", form(CPH, 2, 19, held=19), form(AAR, 2, 19, held=19))
    yield case(
        "it is so in most municipalities on other systems too",
        *(form(code, 2, 100) for code in (CPH, AAR)),
        *(form(code, 2, 100, "Fasit") for code in OTHERS[:2]),
    )
    yield case(
        "other systems are as before",
        *(form(code, 2, 100) for code in (CPH, AAR)),
        *(form(code, 2, 2, "Fasit") for code in OTHERS[:2]),
        found=gone("samtaleform", 1, 0.02, 200),
    )
    by_phone = {"in_person": 70, "phone": 30}
    yield case(
        "no meeting by phone any more",
        *(system(code, (OLD, 100, by_phone), (SETTLED, 100, {})) for code in (CPH, AAR)),
        found=gone("telefon", 1, 0.7, 200),
    )
    yield case(
        "where the form is gone, the modes are gone with it",
        *(
            system(
                code,
                (OLD, 100, by_phone),
                (SETTLED, 100, {"in_person": 0, "mode_unknown": 100}),
            )
            for code in (CPH, AAR)
        ),
        found=gone("samtaleform", 1, 0, 200),
    )
    yield case(
        "one meeting by phone is left",
        system(CPH, (OLD, 100, by_phone), (SETTLED, 100, {"phone": 1})),
        system(AAR, (OLD, 100, by_phone), (SETTLED, 100, {})),
    )
    yield case(
        "a mode so rare that it may be missing by chance",
        *(system(code, (OLD, 100, {"phone": 4}), (SETTLED, 100, {})) for code in (CPH, AAR)),
    )
    yield case(
        "a small delivery every night: the latest that make twenty meetings are looked at",
        *(
            system(
                code,
                (OLD, 100, {}),
                *((SETTLED - timedelta(number), 10, {"not_registered": 10}) for number in (0, 1)),
            )
            for code in (CPH, AAR)
        ),
        found=gone("registreret", 1, 0, 40),
    )
    yield case(
        "it was mended with the latest delivery",
        *(
            system(
                code,
                (OLD, 100, {}),
                (date(2026, 10, 20), 100, {"not_summoned": 100}),
                (SETTLED, 100, {}),
            )
            for code in (CPH, AAR)
        ),
    )
    yield case(
        "a municipality that has left the system says nothing of it",
        form(CPH, 2, 100),
        form(AAR, 2, 100),
        system(ODE, (OLD, 100, {})),
        system(ODE, (SETTLED, 100, {}), name="Fasit"),
        found=gone("samtaleform", 1, 0.02, 200),
    )
    yield case(
        "a required field can no longer be read",
        *(unreadable_status(code) for code in (CPH, AAR)),
        found=gone("status", 1, 0, 100),
    )


def alert_cases() -> list[AlertCase]:
    parts = (shares, missed, backlog, gap, supervision, deliveries, rejections, systems)
    return [case for part in parts for case in part()]
