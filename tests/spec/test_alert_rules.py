"""Every alert rule on hand-made tables, just over its line and just under it, and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from string import Formatter

import duckdb
import polars as pl
import pytest

from pipelines import stages
from pipelines.alerts.life import Finding
from pipelines.alerts.rules import BLOCKED, AlertRule, alert_rules
from pipelines.alerts.watch import find, names_of
from pipelines.alerts.words import Names
from pipelines.contracts import tables
from pipelines.contracts.model import Table
from pipelines.engine import Engine, read_sql
from pipelines.law.loader import load_law
from pipelines.law.rows import law_rows
from tests.repo.tree import ROOT
from tests.spec.alert_cases import AlertCase, Found, alert_cases

RULES = alert_rules()
ASKING = [rule for rule in RULES.values() if rule.rule != BLOCKED]  # of the tables
CASES = alert_cases()
ASKED = [
    *(tables.COMPLIANCE, tables.REQUIREMENTS, tables.SUPERVISION, tables.COUNTS, tables.SPELLS),
    *(tables.DELIVERIES, tables.REJECTIONS, tables.SOURCE_SYSTEMS),
]
HOLES = re.compile(r"[{}]|  | [,.:;]|,,|\(\)|«»|“”|: *\.|: *$|None|nan|^,")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with the law of today and the municipalities."""
    folder = tmp_path_factory.mktemp("alerts")
    with Engine(folder / "scratch", threads=1) as made:
        made.begin(folder / "next.duckdb")
        made.offer("night", pl.DataFrame({"as_of": [date(2026, 11, 4)]}))
        stages.publish_municipalities(made)
        stages.publish_law(made, law_rows(load_law()))
        stages.prepare_law(made)
        yield made


def lay(engine: Engine, contract: Table, rows: list[dict[str, object]]) -> None:
    """A table with these rows; a column that none of them names is empty."""
    columns = {name: [row.get(name) for row in rows] for name in contract.column_names}
    engine.publish_frame(contract, pl.DataFrame(columns, strict=False))


def found_in(engine: Engine, case: AlertCase) -> list[Finding]:
    engine.offer("night", pl.DataFrame({"as_of": [case.as_of]}))
    for contract in ASKED:
        lay(engine, contract, case.tables.get(contract.name, []))
    lay(engine, tables.MUNICIPALITIES, case.tables.get("municipalities", []))
    return find(engine)


def as_told(finding: Finding) -> Found:
    return Found(
        finding.municipality_code,
        finding.target_group,
        finding.subject,
        finding.period,
        round(finding.value or 0, 6),
        round(finding.threshold or 0, 6),
        finding.cases or 0,
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_finds_what_its_case_says(case: AlertCase, engine: Engine) -> None:
    found = {as_told(one) for one in found_in(engine, case) if one.rule == case.rule}
    assert found == set(case.found)


def test_every_rule_has_a_case_in_which_it_fires_and_one_in_which_it_is_silent() -> None:
    asked = {rule.rule for rule in ASKING} - {"law_unverified"}  # which has its own test below
    assert {case.rule for case in CASES if case.found} == asked
    assert {case.rule for case in CASES if not case.found} == asked


def test_a_law_version_in_force_is_held_against_its_source_twice_a_year(engine: Engine) -> None:
    law = load_law()
    versions = [(rule, version) for rule in law.rules.values() for version in rule.versions]
    verified = max(version.verified_on for _, version in versions)
    day = verified + timedelta(181)
    in_force = {
        rule.version_id(version)
        for rule, version in versions
        if version.in_force_from <= day and (version.valid_to is None or version.valid_to > day)
    }
    for as_of, expected in ((verified + timedelta(180), set()), (day, in_force)):
        found = found_in(engine, AlertCase("law_unverified", "", {}, as_of=as_of))
        told = {one.subject: one for one in found if one.rule == "law_unverified"}
        assert set(told) == expected
        assert {(one.value, one.threshold) for one in told.values()} <= {(181, 180)}


@pytest.mark.parametrize("rule", ASKING, ids=lambda rule: rule.rule)
def test_a_rule_gives_every_parameter_of_its_question_and_no_other(rule: AlertRule) -> None:
    of_systems = rule.rule == "system_field_empty"
    question = read_sql(f"alerts/{'systems_at_fault' if of_systems else rule.rule}")
    [statement] = duckdb.connect().extract_statements(question)
    assert set(rule.parameters) == statement.named_parameters


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_is_written_in_both_languages_and_says_what_to_do(rule: AlertRule) -> None:
    texts = (rule.label.da, rule.label.en, rule.message.da, rule.message.en, rule.fix_da)
    assert all(texts)
    assert all(text.endswith((".", "?")) for text in texts[2:])
    [da, en] = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts[2:4]]
    assert da == en, "both languages tell the same"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_page_tells_the_lines_of_a_rule(rule: AlertRule) -> None:
    page = (ROOT / "docs" / "alert-rules.md").read_text("utf-8")
    [row] = [line for line in page.splitlines() if line.startswith(f"| `{rule.rule}` |")]
    told = re.findall(r"`(\w+)` ([\d.]+)", row)
    assert dict(told) == {name: f"{line:g}" for name, line in rule.parameters.items()}


def test_no_message_has_a_hole(engine: Engine) -> None:
    told = 0
    for case in CASES:
        if not case.found:
            continue
        findings = found_in(engine, case)
        names = names_of(engine)
        for finding in findings:
            for text in names.message(finding, RULES[finding.rule]):
                assert not HOLES.search(text), text
                told += 1
    assert told > len(RULES)


READS = {
    Finding("share_below_line", "101", "SDP", "four-2024", date(2026, 10, 1), 0.79, 0.8, 1021): (
        (
            "København, sygedagpenge: kravet «Fire samtaler på seks måneder» blev opfyldt til "
            "tiden i 79,0 % af forløbene i oktober 2026; grænsen er 80,0 %. Ikke opfyldt: 1.021."
        ),
        (
            "København, sick pay: “Four meetings in six months” was met in time "
            "in 79.0% of the spells in October 2026; the line is 80.0%. Not met: 1,021."
        ),
    ),
    Finding("newly_missed", "101", None, None, date(2026, 10, 3), 1, 1, 1): (
        "København: krav med frist siden 03-10-2026, der ikke blev opfyldt: 1.",
        "København: requirements with a deadline since 2026-10-03 that were not met: 1.",
    ),
    Finding("supervision_months", "101", None, None, date(2026, 10, 1), 1, 6, 5): (
        (
            "København: måneder i træk under tilsynets grænse: 1, senest oktober 2026. "
            "Ved 6 ventes STAR at henvende sig. "
            "Forløb, der nåede seks måneder uden fire samtaler: 5."
        ),
        (
            "København: months in a row below the supervision line: 1, latest October 2026. "
            "At 6 the agency is expected to make contact. "
            "Spells that reached six months without four meetings: 5."
        ),
    ),
    Finding("delivery_late", "101", None, "spells", None, 46, 45, 46): (
        (
            "København: dage siden seneste leverance af forløb: 46. "
            "Efter kommunens egen rytme ventes højst 45."
        ),
        (
            "København: days since the latest delivery of spells: 46. "
            "By its own rhythm at most 45 were expected."
        ),
    ),
    Finding("system_field_empty", None, None, "Momentum: samtaleform", None, 0.9, 0.03, 180): (
        (
            "«Momentum: samtaleform» mangler eller kan ikke læses i 90,0 % af de seneste samtaler "
            "hos alle kommuner på fagsystemet; før 3,0 %. Det gælder 180 samtaler."
        ),
        (
            "“Momentum: samtaleform” is missing or unreadable in 90.0% of the latest meetings "
            "of all municipalities on the source system; before 3.0%. That is 180 meetings."
        ),
    ),
    Finding("law_unverified", None, None, "catch_up@2020-03-01", None, 181, 180, 181): (
        (
            "Lovversionen «Samtaler der skal indhentes (catch_up@2020-03-01)» er sidst holdt mod "
            "kilden for 181 dage siden; grænsen er 180 dage."
        ),
        (
            "The law version “Meetings that must be caught up (catch_up@2020-03-01)” was last held "
            "against its source 181 days ago; the limit is 180 days."
        ),
    ),
}


@pytest.mark.parametrize("finding", READS, ids=lambda finding: finding.rule)
def test_a_message_reads_well(finding: Finding, names: Names) -> None:
    assert names.message(finding, RULES[finding.rule]) == READS[finding]


@pytest.fixture(scope="module")
def names(engine: Engine) -> Names:
    lay(engine, tables.MUNICIPALITIES, [{"municipality_code": "101", "name": "København"}])
    return names_of(engine)
