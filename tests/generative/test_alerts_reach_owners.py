"""Whatever nights bring and whichever servers fail, owners are told what they must know, once."""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.alerts.memory import Memory, open_memory
from pipelines.alerts.model import Alert, State
from pipelines.alerts.outbox import decide, send_due
from tests.unit.alert_cases import DAY, HOUR, NOW, ROUTES, alert, database, night

STORM = replace(ROUTES, storm=3)
OWNER_OF = {"101": "kbh", "147": "x", "151": "kl", "153": "x"}
THINGS = [(rule, code) for rule in ("r1", "r2") for code in OWNER_OF]
SAID = re.compile(r"«(\S+) (\S+) (\S+) (\S+)»")
Life = tuple[str, str, date]  # owner, alert_id, since


@dataclass(frozen=True)
class Thing:
    """How one thing is found in a night: closed, or open with a value, perhaps silenced."""

    value: int | None
    silenced: bool


@dataclass(frozen=True)
class Evening:
    """What a night finds, which routes fail, and how often it is run."""

    things: tuple[Thing, ...]
    down: tuple[str, ...]
    runs: int


things = st.builds(Thing, st.none() | st.integers(1, 3), st.sampled_from([False, False, True]))
evenings = st.lists(
    st.builds(
        Evening,
        st.tuples(*[things] * len(THINGS)),
        st.sampled_from([(), ("/a",), ("/b",), ("/a", "/b")]),
        st.integers(1, 2),
    ),
    min_size=1,
    max_size=7,
)


@dataclass
class World:
    """The publisher's side (states of alerts), and what owners must get."""

    open_since: dict[str, date] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)
    must: set[Life] = field(default_factory=set)
    must_resolve: set[Life] = field(default_factory=set)

    def alerts(self, found: Evening, day: date) -> list[Alert]:
        made = []
        for (rule, code), thing in zip(THINGS, found.things, strict=True):
            name = f"{rule}/{code}//"
            state = self._state(name, thing)
            if state is None:
                continue
            since = self.open_since.setdefault(name, day)
            value = float(thing.value or 0)
            told = f"«{name} {since} {state} {value:g}»"
            one = alert(code, rule=rule, state=state, owner=OWNER_OF[code], since=since)
            made.append(replace(one, value=value, message_da=told))
            if thing.value is None:
                del self.open_since[name], self.values[name]
            else:
                self.values[name] = thing.value
        self._expect(made)
        return made

    def _state(self, name: str, thing: Thing) -> State | None:
        before = self.values.get(name)
        if thing.value is None:
            return None if before is None else "resolved"
        if thing.silenced:
            return "silenced"
        if before is None:
            return "new"
        return "worse" if thing.value > before else "ongoing"

    def _expect(self, made: list[Alert]) -> None:
        new = [one.rule for one in made if one.state == "new"]
        for one in made:
            life = (one.owner, one.alert_id, one.since)
            if one.state == "resolved" and life in self.must:
                self.must_resolve.add(life)
            in_storm = one.state == "new" and new.count(one.rule) >= STORM.storm
            if one.state in ("new", "ongoing", "worse") and not in_storm:
                self.must.add(life)


@dataclass
class Post:
    """Servers that take or refuse; owners read a key once."""

    down: tuple[str, ...] = ()
    read: dict[str, tuple[str, str]] = field(default_factory=dict)  # day and text, by key

    def __call__(self, url: str, subject: str, body: str, key: str, limit: float) -> str | None:
        del limit
        if url.endswith(self.down):
            return "serveren svarede 503"
        [day] = re.findall(r"Samtaleregnskab (\d\d)-(\d\d)-(\d{4})", subject)
        mail = ("-".join(reversed(day)), body)
        assert self.read.setdefault(key, mail) == mail
        return None

    def tellings(self) -> dict[Life, list[tuple[str, float]]]:
        """State and value of each telling by life, in the order of the days messages say.

        A message that failed may arrive after a later one.
        """
        owners = {owner.name: code for code, owner in STORM.owners.items()}
        told: dict[Life, list[tuple[str, float]]] = defaultdict(list)
        for _, body in sorted(self.read.values()):
            [name] = re.findall(r"^Til: (.*)$", body, re.MULTILINE)
            for alert_id, since, state, value in SAID.findall(body):
                life = (owners[name], alert_id, date.fromisoformat(since))
                told[life].append((state, float(value)))
        return told


def tell(memory: Memory, number: int, evening: Evening, alerts: list[Alert], post: Post) -> None:
    post.down = evening.down
    for again in range(evening.runs):
        now = NOW + timedelta(days=number) + again * HOUR
        written = decide(memory, STORM, night(number), alerts, now)
        assert not (again and written)
        assert written <= len(STORM.owners)
        send_due(memory, STORM, now, send=post)


@settings(max_examples=30, deadline=None)
@given(evenings)
def test_every_alert_is_told_once_and_resolved_once(nights: list[Evening]):
    world, post = World(), Post()
    with tempfile.TemporaryDirectory() as folder, open_memory(database(Path(folder))) as memory:
        for number, evening in enumerate(nights):
            day = DAY + timedelta(days=number)
            tell(memory, number, evening, world.alerts(evening, day), post)
        post.down = ()
        send_due(memory, STORM, NOW + timedelta(days=99), send=post)
        assert memory.waiting() == []
    told = post.tellings()
    opened = {life: [one for one in said if one[0] != "resolved"] for life, said in told.items()}
    assert {life for life, said in opened.items() if said} == world.must
    for said in opened.values():
        for earlier, later in pairwise(said):
            assert later[0] == "worse"
            assert later[1] != earlier[1]
    resolved = [life for life, said in told.items() for state, _ in said if state == "resolved"]
    assert sorted(resolved) == sorted(world.must_resolve)
