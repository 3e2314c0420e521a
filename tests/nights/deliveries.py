"""Small landing folders to run nights on, and ways to look at what a night left behind."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import duckdb

from pipelines.settings import Home

ANNA, BO, CARL, DORTE = "0101901234", "0202852345", "030375-3456", "0404604567"

MEETINGS = (
    "samtale_id;cpr;samtaletype;samtaleform;status;start;slut;aktoer;registreret;indkaldt;"
    "bemaerkning;system"
)
SPELLS = "forloeb_id;cpr;maalgruppe;start;slut"
ABSENCES = "cpr;fravaerstype;start;slut"

# The first delivery of Copenhagen. Spell F1 is Anna's, F2 is Bo's with the a-kasse until 1 May.
FIRST_MEETINGS = (
    # recognised: in person
    f"M1;{ANNA};7;1;afholdt;2024-02-05 10:00;;jobcenter;2024-02-05 11:00;;;Momentum",
    # recognised: by phone after a meeting in person in the same spell
    f"M2;{ANNA};Jobsamtale;telefonisk;gennemført;05-03-2024 09:15;;;;;;Momentum",
    # not held
    f"M3;{ANNA};7;1;planlagt;2024-07-01;;;;;;Momentum",
    # wrong actor: the a-kasse is responsible in the first three months
    f"M4;{BO};7;personligt;afholdt;01.03.2024 10:00;;kommune;;;;Momentum",
    # recognised in duty, but not in register: held by the a-kasse
    f"M5;{BO};17;2;afholdt;01/04/2024 10:00;;a-kasse;;;;Momentum",
    # wrong type, no spell, unknown mode; two words that no list knows
    f"M6;{CARL};9;røgsignal;afholdt;2024-05-02T08:00:00Z;;hvemsomhelst;;;;Momentum",
    # rejected for three reasons
    "M7;1234567890;99;1;tja;2024-05-03;;;;;;Momentum",
    # the same meeting as M1, registered later: a duplicate
    f"M8;{ANNA};7;1;afholdt;2024-02-05 10:00:30;;jobcenter;2024-02-06 11:00;;;Momentum",
    # an earlier version of M2 stands in Odense too: another municipality, another meeting
    f"M9;{DORTE};7;1;aflyst;2024-05-06;;;;;;Momentum",
)
FIRST_SPELLS = (
    f"F1;{ANNA};6.2;2024-01-01;",
    f"F2;{BO};DP;2024-02-01;",
    f"F3;{DORTE};6.77;2024-02-01;",
)
FIRST_ABSENCES = (f"{ANNA};8;2024-04-01;2024-04-14", f"{BO};Ferie;2024-04-01;")


def new_home(folder: Path) -> Home:
    """An empty home with a landing folder."""
    home = Home(folder, folder / "landing")
    home.landing.mkdir(parents=True)
    return home


def deliver(
    home: Home,
    header: str,
    rows: Iterable[str],
    code: str = "101",
    day: str = "2024-06-03",
    name: str = "samtaler.csv",
) -> Path:
    """Lays a text table in the landing folder."""
    return put(home, "\n".join([header, *rows, ""]).encode(), code, day, name)


def put(home: Home, content: bytes, code: str, day: str, name: str) -> Path:
    """Lays any bytes in the landing folder."""
    file = home.landing / code / day / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def deliver_first(home: Home) -> None:
    """The deliveries of the first night: Copenhagen whole, Odense in small."""
    deliver(home, MEETINGS, FIRST_MEETINGS)
    deliver(home, SPELLS, FIRST_SPELLS, name="forløb.csv")
    deliver(home, ABSENCES, FIRST_ABSENCES, name="fravær.csv")
    deliver(home, MEETINGS, [f"M2;{DORTE};7;1;afholdt;2024-05-06;;;;;;"], code="461")


def ask(home: Home, sql: str) -> list[tuple[object, ...]]:
    """Rows of the current publication."""
    return ask_file(home.publication, sql)


def ask_file(publication: Path, sql: str) -> list[tuple[object, ...]]:
    """Rows of one publication."""
    with duckdb.connect(str(publication), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def publication_id(home: Home) -> str:
    """The id of the current publication."""
    [(found,)] = ask(home, "select publication_id from publication")
    return str(found)


def tables_hash(home: Home) -> str:
    """The hash of the current publication's tables, as it says itself."""
    [(found,)] = ask(home, "select tables_hash from publication")
    return str(found)


def fingerprint(home: Home) -> str:
    """The SHA-256 of the current publication's bytes."""
    return sha256(home.publication.read_bytes()).hexdigest()


def vintages(home: Home) -> list[str]:
    """The ids of the publications kept."""
    return sorted(folder.name for folder in (home.published / "vintages").iterdir())


def leftovers(home: Home) -> list[str]:
    """What a night that ended, well or badly, must not leave lying about."""
    suspects = [
        *home.lake.rglob("*.next"),
        *home.published.rglob("*.wal"),
        *home.published.glob(".*"),
        *(
            folder
            for folder in (home.published / "next", home.state / "scratch")
            if folder.exists()
        ),
    ]
    return sorted(str(found.relative_to(home.root)) for found in suspects)
