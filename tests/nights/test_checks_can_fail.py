"""Every check across tables passes on a sound night and fails once its table is spoilt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.sql_checks import SqlCheck, run_sql_check, sql_checks
from pipelines import stages
from pipelines.engine import Engine, quoted
from pipelines.progress import show_nothing
from pipelines.running import run_night
from pipelines.settings import Home
from tests.nights.deliveries import BO, MEETINGS, deliver, fingerprint, leftovers, vintages

# By check: one thing that it must not let pass. `meetings` is the table of the first night.
SPOILT = {
    "accepted_rows_are_records": "delete from next.meetings where meeting_id = 'M3'",
    "compliance_is_requirements": "update next.compliance set met = met + 1",
    "decided_by_known_law": "update next.meetings set rule_version = 'x' where meeting_id = 'M1'",
    "evaluations_match_meetings": (
        "create or replace view next.evaluations as "
        "select * from next.main.all_evaluations where meeting_id != 'M1' or regime != 'duty'"
    ),
    "every_known_municipality": "delete from next.municipalities where municipality_code = '101'",
    "every_spell_owes": "delete from next.requirements where requirement_id = 'first-2020-week'",
    "filled_by_meetings": "update next.requirements set recognised_count = recognised_count + 1",
    "gap_is_reasons": "update next.reasons set not_recognised = not_recognised + 1",
    "held_is_held": "update next.counts set held = held + 1 where regime = 'register'",
    "history_parts_sum": "update next.history set held_by_law = held_by_law + 1",
    "law_has_one_version": "update next.law set valid_to = null where family = 'suspension'",
    "no_cpr": "update next.deliveries set file = 'borger 010190-1234.csv' where file like 'f%'",
    "reason_is_first_failure": "update next.meetings set reason = 'duplicate' where not recognised",
    "recognised_is_evaluated": "update next.counts set recognised = 0 where regime = 'duty'",
    "rejections_are_counted": "delete from next.rejections where source_row = 7",
    "revisions_are_counts": "update next.revisions set held = held + 1",
    "rows_in_rows_out": "update next.deliveries set rows_read = rows_read + 1",
    "rows_only_from_accepted": "update next.deliveries set status = 'repeat'",
    "spell_covers_meeting": "update next.spells set ended_on = started_on",
    "status_follows_count": "update next.requirements set shortfall = shortfall + 1",
    "supervision_adds_up": "update next.supervision set months_in_a_row = 3",
    "supervision_within_duty": "update next.meetings set failed_supervision = []",
}


@pytest.fixture
def engine(first_night: Home, tmp_path: Path) -> Iterator[Engine]:
    """The first night's tables as `next`, to be spoilt; one month of supervision is put in."""
    with Engine(tmp_path / "scratch") as opened:
        opened.begin(tmp_path / "next.duckdb")
        opened.run(f"attach {quoted(first_night.publication)} as old (read_only)")
        opened.run("copy from database old to next")
        month = "'101', '2024-06-01', 9, 7, 7 / 9, false, 0, false"
        opened.run(f"insert into next.supervision values ({month})")
        opened.run("use next")
        opened.run("create view all_evaluations as from old.evaluations")
        opened.run("use memory")
        yield opened


@pytest.mark.parametrize("check", sql_checks(), ids=lambda check: check.name)
def test_a_check_passes_on_what_is_sound_and_fails_on_what_is_spoilt(
    check: SqlCheck, engine: Engine
) -> None:
    before = run_sql_check(engine, check)
    assert (before.outcome, before.rows_failed) == ("passed", 0)
    assert before.rows_checked > 0
    engine.run(SPOILT[check.name])
    after = run_sql_check(engine, check)
    assert after.outcome == "failed"
    assert after.rows_failed > 0


def test_every_check_has_something_it_must_not_let_pass() -> None:
    assert set(SPOILT) == {check.name for check in sql_checks()}


def test_a_failing_check_holds_the_publication_back(
    day_after: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (fingerprint(day_after), vintages(day_after))
    count = stages.publish_counts

    def miscount(engine: Engine) -> None:
        count(engine)
        engine.run(SPOILT["held_is_held"])

    monkeypatch.setattr(stages, "publish_counts", miscount)
    deliver(day_after, MEETINGS, [f"N1;{BO};7;1;afholdt;2024-05-02;;;;;;"], day="2024-06-04")
    outcome = run_night(day_after, None, show_nothing)
    assert not outcome.published
    assert any("held_is_held" in problem for problem in outcome.problems)
    assert (fingerprint(day_after), vintages(day_after)) == before
    assert leftovers(day_after) == []

    monkeypatch.setattr(stages, "publish_counts", count)
    assert run_night(day_after, None, show_nothing).published
    assert len(vintages(day_after)) == 2
