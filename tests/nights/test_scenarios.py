"""What scenarios count is what a plain reading of the rows says, and nothing official moves."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl
import pytest
from click.testing import CliRunner

from pipelines.cli.main import samtaler
from pipelines.ledger import file_sha256
from pipelines.progress import show_nothing
from pipelines.scenarios.pages import write_pages
from pipelines.scenarios.reading import find_scenario, read_scenario
from pipelines.scenarios.running import Answer, run_plan, run_scenarios
from pipelines.settings import Home
from tests.nights.conftest import copy_of
from tests.repo.tree import ROOT

pytestmark = pytest.mark.slow

FIRST, LAST = date(2020, 3, 12), date(2020, 5, 26)
HEAD = """scenario: proeve
label: {da: Prøve, en: Test}
reason: {da: Derfor, en: Because}
changes:
"""
PHONE, CLOSURE = "phone-and-video-count", "closure-not-applied"
TYPES = {"SDP": {"4"}} | {group: {"4", "7"} for group in ("JAF", "RF", "FLEX", "REV")}


class Held(NamedTuple):
    code: str
    meeting_id: str
    citizen: str | None
    spell_id: str | None
    group: str
    started_at: datetime
    meeting_type: str
    mode: str
    actor: str
    registered_at: datetime | None


@pytest.fixture(scope="module")
def home(demo_night: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return copy_of(demo_night, tmp_path_factory.mktemp("scenarios") / "home")


@pytest.fixture(scope="module")
def answer(home: Home) -> Answer:
    return run_scenarios(home, [find_scenario(PHONE), find_scenario(CLOSURE)], show_nothing)


def rows(file: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(query).fetchall()


def held_in_the_closure(home: Home) -> Iterator[Held]:
    query = (
        "select municipality_code, meeting_id, citizen_key, spell_id, target_group, started_at, "
        "meeting_type, mode, actor, registered_at from meetings "
        f"where status = 'held' and held_on between date '{FIRST}' and date '{LAST}'"
    )
    yield from (Held(*row) for row in rows(home.publication, query))


def would_count(held: list[Held], modes: set[str]) -> set[tuple[str, str]]:
    """Counting.md 5 read by hand for the spring of 2020, with these modes and no closure."""
    first: dict[tuple, tuple] = {}
    for one in held:
        slot = (one.code, one.citizen, one.meeting_type, one.started_at)
        place = (one.registered_at is None, one.registered_at or one.started_at, one.meeting_id)
        first[slot] = min(first.get(slot, place), place)
    return {
        (one.code, one.meeting_id)
        for one in held
        if one.spell_id is not None
        and one.meeting_type in TYPES.get(one.group, {"7", "17", "19"})
        and one.actor == "municipality"
        and one.mode in modes
        and first[one.code, one.citizen, one.meeting_type, one.started_at][2] == one.meeting_id
    }


def recognised(file: Path) -> set[tuple[str, str]]:
    return {
        (code, meeting)
        for code, meeting in rows(
            file,
            "select municipality_code, meeting_id from meetings where recognised "
            f"and held_on between date '{FIRST}' and date '{LAST}'",
        )
    }


def file_of(home: Home, name: str) -> Path:
    return home.scenarios / name / "scenario.duckdb"


def test_phone_and_video_alone_change_nothing(home: Home, answer: Answer):
    assert recognised(home.publication) == recognised(file_of(home, PHONE)) == set()
    alone = answer.combinations[0]
    assert alone.names == (PHONE,)
    assert {sums.moved for sums in alone.counted.sums.values()} == {0}
    for table in ("counts", "reasons", "compliance", "supervision", "requirements"):
        query = f"select * exclude (rule_version) from {table} order by all"
        if table != "requirements":
            query = query.replace("exclude (rule_version) ", "")
        assert rows(home.publication, query) == rows(file_of(home, PHONE), query)


def test_with_the_closure_lifted_they_change_what_the_rows_say(home: Home, answer: Answer):
    held = list(held_in_the_closure(home))
    attended = would_count(held, {"in_person"})
    all_three = would_count(held, {"in_person", "phone", "virtual"})
    assert attended
    assert len(all_three) > 2 * len(attended)
    assert recognised(file_of(home, CLOSURE)) == attended
    both = file_of(home, f"{CLOSURE}+{PHONE}")
    assert recognised(both) == all_three
    phone, closure, together = answer.combinations
    assert phone.counted.sums["recognised"].moved == 0
    assert closure.counted.sums["recognised"].moved == len(attended)
    assert together.counted.sums["recognised"].moved == len(all_three)
    assert together.interaction == len(all_three) - len(attended)
    assert together.counted.sums["gap"].moved == -len(all_three)


def test_the_comparison_adds_up_to_both_sides(home: Home, answer: Answer):
    both = answer.combinations[-1].counted.file
    sides = {
        "baseline": rows(
            home.publication, "select sum(held), sum(recognised) from counts where regime = 'duty'"
        ),
        "scenario": rows(
            both, "select sum(held), sum(recognised) from counts where regime = 'duty'"
        ),
    }
    for side, found in sides.items():
        assert found == rows(both, f"select sum(held), sum(recognised_{side}) from comparison")
    met = rows(both, "select sum(due), sum(met) from compliance")
    assert met == rows(both, "select sum(due_scenario), sum(met_scenario) from comparison")
    short = rows(both, "select sum(shortfall) from requirements")
    assert short == rows(both, "select sum(shortfall_scenario) from comparison")


def test_the_work_is_that_of_the_rows_that_moved(answer: Answer):
    """15 + 45 minutes and 300 to 500 DKK an hour, by hand, of the rows of both files."""
    both = answer.combinations[-1].counted.file
    asked = "select sum(required) from {0}requirements where status in {1}"
    due = ("met", "missed", "caught_up", "carried")
    work = {
        measure: amounts
        for measure, *amounts in rows(
            both,
            "select measure, meetings, conversation_hours, administration_hours, dkk_low, dkk_high "
            "from work where count = 'scenario'",
        )
    }
    [(required,)] = rows(both, asked.format("", due))
    [(short,)] = rows(both, "select sum(shortfall) from requirements")
    [(gap,)] = rows(both, "select sum(gap) from counts where regime = 'duty'")
    for measure, meetings in (("required", required), ("shortfall", short), ("gap", gap)):
        hours = [meetings * 15 / 60, meetings * 45 / 60]
        assert work[measure] == pytest.approx([meetings, *hours, 300 * meetings, 500 * meetings])
    moved = "select meetings from work where measure = 'gap' and count = 'difference'"
    assert rows(both, moved) == [(answer.combinations[-1].counted.sums["gap"].moved,)]
    by_mode = "select sum(gap_scenario), sum(recognised_scenario) from comparison_modes"
    assert rows(both, by_mode) == rows(
        both, "select sum(gap), sum(recognised) from counts where regime = 'duty'"
    )


def test_requirements_follow_their_scenario(home: Home):
    names = ["catch-up-repealed", "requirement-paused", "up-to-six", "law-2026-from-2024"]
    run_scenarios(home, [find_scenario(name) for name in names], show_nothing)
    caught = "select count(*) from requirements where status in ('caught_up', 'carried')"
    [(owed_later,)] = rows(home.publication, caught)
    assert owed_later
    assert rows(file_of(home, names[0]), caught) == [(0,)]
    missed = "select count(*) from requirements where status = 'missed'"
    [(before,)], [(after,)] = rows(home.publication, missed), rows(file_of(home, names[0]), missed)
    assert after >= before + owed_later
    due = (
        "select count(*) from requirements "
        "where due_on between date '2020-03-12' and date '2020-12-31'"
    )
    assert rows(home.publication, due) != [(0,)]
    assert rows(file_of(home, names[1]), due) == [(0,)]
    asked = (
        "select distinct requirement_id, required from requirements where target_group = 'DP' "
        "and window_start between date '2020-01-01' and date '2020-02-29'"
    )
    assert rows(home.publication, asked) == [("four-2020", 4)]
    assert rows(file_of(home, names[2]), asked) == [("dp-2020-six", 6)]
    later = (
        "select distinct requirement_id from requirements r join base.spells s "
        "using (municipality_code, spell_id) where s.started_on >= date '2024-01-01' order by 1"
    )
    with duckdb.connect(str(file_of(home, names[3])), read_only=True) as connection:
        connection.execute(f"attach '{home.publication}' as base (read_only)")
        found = [name for (name,) in connection.execute(later).fetchall()]
    assert found == ["dp-2026-akasse", "dp-2026-municipality", "four-2026", "sdp-2026-one"]


def test_the_law_at_hand_plans_no_change(home: Home):
    official = file_sha256(home.publication)
    [plan] = run_plan(home, ROOT / "law", show_nothing).alone
    assert {sums.moved for sums in plan.sums.values()} == {0}
    assert (plan.up, plan.down) == (0, 0)
    assert file_sha256(home.publication) == official


def test_a_baseline_of_other_code_is_counted_again(
    home: Home, answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Every meeting is judged anew, repeated ones too, and only the register's measure moves."""
    repeated = "select count(*) from meetings where list_contains(failed_rules, 'duplicate')"
    assert rows(home.publication, repeated) != [(0,)]
    file = tmp_path / "proeve.yaml"
    file.write_text(f"{HEAD}  - {{replace: register_actor, value: {{left_out: []}}}}\n", "utf-8")
    monkeypatch.setattr("pipelines.scenarios.counting.code_version", lambda _part: "other")
    [both, everyone] = run_scenarios(
        home, [find_scenario("both"), read_scenario(file)], show_nothing
    ).alone
    assert both.sums == answer.combinations[-1].counted.sums
    assert {sums.moved for sums in everyone.sums.values()} == {0}
    assert rows(everyone.file, repeated) == rows(home.publication, repeated)
    judged = "select * exclude (failed_register) from meetings order by all"
    assert rows(everyone.file, judged) == rows(home.publication, judged)


def test_the_command_prints_the_combinations_and_refuses_in_danish(home: Home, tmp_path: Path):
    command = ["scenario", "--home", str(home.root)]
    ran = CliRunner().invoke(samtaler, [*command, PHONE, CLOSURE])
    assert ran.exit_code == 0
    assert "Ikke officielle tal" in ran.stdout
    assert "Hver ændring alene, og sammen" in ran.stdout
    file = tmp_path / "proeve.yaml"
    file.write_text(f"{HEAD}  - {{end: ingen-regel, through: 2020-01-01}}\n", "utf-8")
    refused = CliRunner().invoke(samtaler, [*command, str(file)])
    assert refused.exit_code == 2
    assert "proeve.yaml, linje 5" in refused.stderr
    (tmp_path / "law").mkdir()
    unlawful = CliRunner().invoke(samtaler, [*command, "--plan", str(tmp_path / "law")])
    assert unlawful.exit_code == 2
    assert "kan ikke bruges" in unlawful.stderr


def test_pages_are_marked_and_say_what_the_files_say(home: Home, answer: Answer) -> None:
    front = write_pages(home, answer)
    both = answer.combinations[-1].counted
    pages = [front, *(front.with_name(f"{it.asked.name}.html") for it in answer.alone)]
    pages.append(front.with_name(f"{both.asked.name.replace('+', '-og-')}.html"))
    for page in pages:
        for file, mark in ((page, "SCENARIE"), (front.parent / "en" / page.name, "SCENARIO")):
            html = file.read_text("utf-8")
            assert f"<strong>{mark}</strong>" in html
            assert "<script" not in html
    told = pl.read_csv(front.parent / "filer" / "scenarier-sammen.maskine.csv")
    last = told.row(-1, named=True)
    assert last["recognised"] == both.sums["recognised"].moved
    assert last["interaction"] == answer.combinations[-1].interaction
    months = f"{both.asked.name.replace('+', '-og-')}-maaneder.maskine.csv"
    by_month = pl.read_csv(front.parent / "filer" / months)
    assert by_month["recognised_moved"].sum() == both.sums["recognised"].moved
    assert not home.report.joinpath(f"{PHONE}.html").exists()
