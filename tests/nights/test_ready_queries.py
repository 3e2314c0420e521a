"""The ready questions: each answers, and the rows behind a figure count exactly to it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipelines import ready
from pipelines.audit import AuditError
from pipelines.cli.main import samtaler
from pipelines.ready import ReadyQuery, ready_queries, run_ready
from pipelines.settings import Home
from tests.nights.deliveries import ask

CELL = ("municipality", "target_group", "month")


def rows(home: Home, name: str, **settings: object) -> list[dict[str, object]]:
    """The answer's rows by column; what is not set has its default."""
    texts = {parameter: str(value) for parameter, value in settings.items()}
    answer = run_ready(home.publication, name, texts)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def call(home: Home, *arguments: str) -> Result:
    return CliRunner().invoke(samtaler, ["audit", "--home", str(home.root), *arguments])


@pytest.mark.parametrize("query", ready_queries().values(), ids=lambda query: query.name)
def test_a_ready_query_answers_in_the_columns_it_names(
    query: ReadyQuery, first_night: Home
) -> None:
    by_default = run_ready(first_night.publication, query.name, {})
    wide = {"month": "", "municipality": "", "requirement": "", "grades": "ABCD"}
    everything = {name: value for name, value in wide.items() if name in query.parameters}
    at_large = run_ready(first_night.publication, query.name, everything)
    assert by_default.columns == at_large.columns == query.columns
    if query.name != "spells_behind_supervision":  # no spell of this night is six months old
        assert at_large.rows


def test_every_cell_of_counts_has_its_rows(first_night: Home) -> None:
    cells = ask(
        first_night,
        "select regime, municipality_code, target_group, month, mode, held, recognised, gap "
        "from counts",
    )
    assert len(cells) > 20
    for regime, *cell, mode, held, recognised, gap in cells:
        place = dict(zip(CELL, cell, strict=True))
        behind = rows(first_night, "rows_behind_a_count", regime=regime, mode=mode, **place)
        assert len(behind) == held
        assert sum(bool(row["recognised"]) for row in behind) == recognised
        assert sum(row["reason"] is not None for row in behind) == gap


def test_every_cell_of_reasons_has_its_rows(first_night: Home) -> None:
    cells = ask(
        first_night,
        "select regime, municipality_code, target_group, month, mode, reason, not_recognised, sole "
        "from reasons",
    )
    assert len(cells) > 5
    for regime, *cell, mode, reason, not_recognised, sole in cells:
        place = dict(zip(CELL, cell, strict=True))
        behind = rows(
            first_night, "rows_behind_a_reason", regime=regime, mode=mode, reason=reason, **place
        )
        assert len(behind) == not_recognised
        assert sum(bool(row["sole_reason"]) for row in behind) == sole


def test_every_cell_of_compliance_has_its_rows(first_night: Home) -> None:
    cells = ask(
        first_night,
        "select municipality_code, target_group, month, requirement_id, due, met, missed "
        "from compliance",
    )
    assert len(cells) > 2
    for *cell, requirement, due, met, missed in cells:
        place = dict(zip(CELL, cell, strict=True))
        behind = rows(first_night, "requirements_behind_a_share", requirement=requirement, **place)
        statuses = [row["status"] for row in behind]
        assert (len(statuses), statuses.count("met"), statuses.count("missed")) == (
            due,
            met,
            missed,
        )


@pytest.mark.slow
def test_every_cell_of_supervision_has_its_spells(demo_night: Home) -> None:
    """All cells in one answer, since a cell may be empty only in both."""
    reached: Counter[object] = Counter()
    with_four: Counter[object] = Counter()
    for row in rows(demo_night, "spells_behind_supervision", month="", municipality=""):
        day = row["six_months_on"]
        assert isinstance(day, date)
        cell = (row["municipality_code"], day.replace(day=1))
        reached[cell] += 1
        with_four[cell] += bool(row["has_four"])
    cells = ask(
        demo_night,
        "select municipality_code, month, reached_six_months, with_four from supervision",
    )
    assert len(cells) > 50
    assert {(*cell, reached[cell], with_four[cell]) for cell in reached} == set(cells)


def test_a_row_names_the_file_and_line_it_was_delivered_in(first_night: Home) -> None:
    [row] = rows(first_night, "rows_behind_a_count", month="2024-03-01", mode="phone")
    assert (row["meeting_id"], row["file"], row["source_row"]) == ("M2", "samtaler.csv", 2)


def test_shared_and_sole_reasons(first_night: Home) -> None:
    found = {
        row["rule"]: (row["not_met"], row["first_reason"], row["only_reason"], row["shared"])
        for row in rows(first_night, "reasons_shared_and_sole")
    }
    assert found == {
        "no_spell": (2, 1, 1, 1),
        "wrong_type": (1, 1, 0, 1),
        "mode_unknown": (1, 0, 0, 1),
        "wrong_actor": (1, 1, 1, 0),
        "duplicate": (1, 1, 1, 0),
    }


def test_the_gap_by_reason_is_the_gap(first_night: Home) -> None:
    [gap] = ask(first_night, "select sum(gap) from counts where regime = 'duty'")
    by_reason = rows(first_night, "gap_by_reason_and_month")
    assert sum(int(str(row["not_recognised"])) for row in by_reason) == gap[0]


def test_one_seed_one_sample(first_night: Home) -> None:
    def drawn(seed: int, size: int) -> list[object]:
        found = rows(first_night, "sample_of_meetings", seed=seed, rows=size)
        return [(row["municipality_code"], row["meeting_id"]) for row in found]

    assert drawn(7, 4) == drawn(7, 4)
    assert drawn(7, 7)[:4] == drawn(7, 4)  # a larger sample begins with the smaller
    assert len({tuple(drawn(seed, 3)) for seed in range(10)}) > 5
    assert sorted(map(str, drawn(1, 99))) == sorted(map(str, drawn(2, 99)))


def test_shares_are_those_of_compliance_inside_their_interval(first_night: Home) -> None:
    for row in rows(first_night, "on_time_share", requirement=""):
        assert row["met_share"] == int(str(row["met"])) / int(str(row["due"]))
        lowest, share, highest = (
            float(str(row[name])) for name in ("lowest_share", "met_share", "highest_share")
        )
        assert -1e-9 <= lowest <= share + 1e-9
        assert share <= highest + 1e-9 <= 1 + 2e-9


def test_all_grades_together_are_all_that_was_decided(first_night: Home) -> None:
    decided: dict[object, int] = {}
    for row in rows(first_night, "assumptions", grades="ABCD"):
        decided[row["figure"]] = decided.get(row["figure"], 0) + int(str(row["decided"]))
    [due] = ask(first_night, "select sum(due) from compliance")
    assert decided == {"recognised": 3, "not recognised": 4, "requirements due": due[0]}


def test_a_value_is_never_sql(first_night: Home) -> None:
    assert rows(first_night, "rows_behind_a_count", municipality="101' or true --") == []
    with pytest.raises(AuditError, match="En værdi kan ikke læses"):
        rows(first_night, "sample_of_meetings", rows="1; drop table meetings")


@pytest.mark.parametrize(
    "select",
    [
        "select * from read_text('{file}')",
        "copy meetings to '{file}'",
        "set memory_limit = '9GB'",
        "select 1; select 2",
    ],
)
def test_a_ready_query_is_as_locked_as_any_question(
    select: str, first_night: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "outside.txt"
    file.write_text("secret", "utf-8")
    query = ReadyQuery("sly", "", "", (), {}, select.format(file=file))
    queries: Mapping[str, ReadyQuery] = {"sly": query}
    monkeypatch.setattr(ready, "ready_queries", lambda: queries)
    with pytest.raises(AuditError):
        run_ready(first_night.publication, "sly", {})
    assert file.read_text("utf-8") == "secret"


def test_the_list_names_each_query_its_answer_and_its_defaults(first_night: Home) -> None:
    listed = json.loads(call(first_night, "--list", "--format", "json").stdout)
    assert [query["name"] for query in listed] == list(ready_queries())
    assert all(" | " in query["answers"] for query in listed)
    [sample] = [query for query in listed if query["name"] == "sample_of_meetings"]
    assert sample["parameters"] == "municipality=, month=, recognised=, seed=1, rows=20"


def test_a_ready_query_is_run_by_name(first_night: Home) -> None:
    asked = ("--run", "sample_of_meetings", "--set", "municipality=461", "--set", "rows=1")
    answered = call(first_night, *asked, "--format", "csv")
    assert answered.exit_code == 0
    assert answered.stdout.splitlines()[1].startswith("1,461,M2,")
    nothing = call(first_night, "--run", "sample_of_meetings", "--set", "municipality=999")
    assert (nothing.exit_code, "Ingen rækker" in nothing.stderr) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--run", "tja"], 1, "intet færdigt spørgsmål 'tja'"),
        (["--run", "mode_evidence", "--set", "farve=rød"], 1, "ikke parameteren 'farve'"),
        (["--run", "mode_evidence", "--set", "month=maj"], 1, "En værdi kan ikke læses"),
        (["--run", "mode_evidence", "--set", "month"], 2, "har ingen værdi"),
        (["--set", "month=2024-01-01"], 2, "hører til --run"),
        (["--run", "mode_evidence", "select 1"], 2, "Vælg én ting"),
        (["--list", "--run", "mode_evidence"], 2, "Vælg én ting"),
    ],
)
def test_a_wrong_call_is_told_so(
    arguments: list[str], code: int, sentence: str, first_night: Home
) -> None:
    told = call(first_night, *arguments)
    assert told.exit_code == code
    assert sentence in " ".join(told.stderr.split())
