"""Orders of arrival: the SQL of sql/records on every order, against what must stand."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipelines import stages
from pipelines.contracts import tables
from pipelines.deliveries.rows import SCHEMAS
from pipelines.engine import Engine
from pipelines.lake import CONTENTS, DELIVERIES, delivery_key
from proof.hostile.worlds import KINDS, Delivery, Record, current, draw_world, standing

_AS_OF: Final = date(2026, 12, 31)
_SIDE_BY_SIDE: Final = 25  # worlds counted at once


@dataclass(slots=True)
class Tried:
    """How many orders were tried, of how many sets of deliveries, and how many came out wrong."""

    worlds: int = 0
    orders: int = 0
    deliveries: int = 0
    rows: int = 0
    wrong: int = 0
    first_wrong: str = ""


def try_orders(seed: int, worlds: int, orders: int) -> Tried:
    """Each world's deliveries in so many orders of arrival.

    The orders of a world are counted side by side, each as municipalities of its own: what the
    SQL does with one of them does not depend on the others, as one municipality's rows do not on
    another's.
    """
    chance = random.Random(seed)
    tried = Tried()
    with tempfile.TemporaryDirectory() as folder, Engine(Path(folder) / "scratch", 1) as engine:
        engine.begin(Path(folder) / "next.duckdb")
        while tried.worlds < worlds:
            drawn = [draw_world(chance) for _ in range(min(_SIDE_BY_SIDE, worlds - tried.worlds))]
            arrivals = [
                [
                    _set_apart(delivery, f"{number}-{order}-")
                    for delivery in chance.sample(world, len(world))
                ]
                for number, world in enumerate(drawn)
                for order in range(orders)
            ]
            found = found_in_sql(engine, arrivals, chance)
            for at, arrived in enumerate(arrivals):
                tried.orders += 1
                tried.deliveries += len(arrived)
                tried.rows += sum(len(delivery.rows) for delivery in arrived)
                codes = {delivery.municipality for delivery in arrived}
                meant = standing(arrived)
                if meant != {
                    kind: {record for code in codes for record in records.get(code, ())}
                    for kind, records in found.items()
                }:
                    tried.wrong += 1
                    world = tried.worlds + at // orders
                    tried.first_wrong = tried.first_wrong or f"seed {seed}, world {world}"
            tried.worlds += len(drawn)
    return tried


def _set_apart(delivery: Delivery, mark: str) -> Delivery:
    return replace(delivery, municipality=mark + delivery.municipality)


def found_in_sql(
    engine: Engine, arrivals: Sequence[Sequence[Delivery]], chance: random.Random
) -> dict[str, dict[str, set[Record]]]:
    """What the product's own SELECTs make of deliveries that came in these orders.

    By kind of record and municipality. Rows lie as they came, those of one delivery torn apart; so
    do both lists of the lake. A content is read with the day it first counts for.
    """
    known: dict[tuple[str, str], int] = {}
    for delivery in sorted((d for arrived in arrivals for d in arrived), key=lambda d: d.place):
        content = (delivery.municipality, delivery.id)
        known.setdefault(content, delivery_key(content[0], delivery.day, delivery.id, "proof"))
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in SCHEMAS}
    read: set[int] = set()
    listed, contents = [], []
    for delivery in (delivery for arrived in arrivals for delivery in arrived):
        key = known[delivery.municipality, delivery.id]
        place = (delivery.municipality, delivery.day, delivery.file)
        own = delivery_key(delivery.municipality, delivery.day, delivery.id, "proof")
        listed.append((*place, 1, 1, delivery.id, own, False))
        if key in read:
            continue
        read.add(key)
        origin = {"municipality_code": delivery.municipality, "delivery_key": key}
        rows[delivery.kind] += [origin | dict(row) for row in delivery.rows]
        for number in delivery.rejected:
            reason = {"source_row": number, "column_name": "cpr", "code": "cpr_invalid"}
            rows["rejections"] += [origin | reason, origin | {**reason, "code": "start_invalid"}]
        size = len(delivery.rows) + len(delivery.rejected)
        contents.append((key, delivery.kind, "utf-8", ";", size, 0, None, None, "b"))
    for table, lying in rows.items():
        chance.shuffle(lying)
        engine.offer(f"lake_{table}", pl.DataFrame(lying, schema=SCHEMAS[table]))
    engine.offer("night", pl.DataFrame({"as_of": [_AS_OF]}))
    engine.offer("lake_deliveries", pl.DataFrame(listed, schema=DELIVERIES, orient="row"))
    engine.offer("lake_contents", pl.DataFrame(contents, schema=CONTENTS, orient="row"))
    engine.scratch("register", "records/register")
    stages.publish_rejections(engine)
    for name in ("meeting_versions", "meeting_outcomes", "spell_versions", "absence_versions"):
        engine.scratch(name, f"records/{name}")
    engine.view("current_meetings", "records/current_meetings")
    engine.publish(tables.DELIVERIES, "records/deliveries")
    found = {kind: _current(engine, kind) for kind in KINDS} | {"deliveries": _told(engine)}
    by_place: dict[str, dict[str, set[Record]]] = {}
    for kind, records in found.items():
        places = by_place.setdefault(kind, {})
        for record in records:
            places.setdefault(str(record[0]), set()).add(record)
    return by_place


def _current(engine: Engine, kind: str) -> Iterator[Record]:
    versions = {"spells": "spell_versions", "absences": "absence_versions"}
    source = (
        f"{versions[kind]} where outcome = 'accepted'" if kind in versions else "current_meetings"
    )
    cursor = engine.connection.execute(f"from {source}")
    names = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        yield current(row["municipality_code"], row["delivery_id"], row)


def _told(engine: Engine) -> Iterator[Record]:
    yield from engine.rows(
        "select municipality_code, delivered_on, file, status, rows_accepted, "
        "rows_superseded, rows_withdrawn, rows_rejected from next.deliveries"
    )
