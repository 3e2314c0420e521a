"""The law loads only if it is exactly right, and says where it is not."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.law.errors import LawError, LawNotEncoded
from pipelines.law.loader import load_law
from tests.unit.law_texts import (
    GUIDANCE,
    HEAD,
    INSTRUMENTS,
    MODES,
    REQUIREMENT,
    SAME_INSTRUMENT,
    SUSPENSION,
    Edit,
    edited,
    version,
    write_law,
)

# What is done to the rule `suspension`, and what the message must say.
REFUSALS: dict[str, tuple[Edit, tuple[str, ...]]] = {
    "a gap between versions": (
        ("in_force_from: 2020-03-12", "in_force_from: 2020-03-13"),
        ("version 2020-03-13", "leaves a gap after 2020-03-11", "Say with a version"),
    ),
    "versions that overlap": (
        ("in_force_through: 2020-03-11", "in_force_through: 2020-03-12"),
        ("version 2020-03-12", "overlaps the version from 2015-01-01", "day before 2020-03-12"),
    ),
    "an open version before another": (
        ("in_force_through: 2020-03-11", ""),
        ("version 2020-03-12", "overlaps the version from 2015-01-01"),
    ),
    "two versions from one day": (
        ("in_force_from: 2020-05-27", "in_force_from: 2020-03-12"),
        ("version 2020-03-12", "overlaps"),
    ),
    "an end before the start": (
        ("in_force_through: 2020-05-26", "in_force_through: 2020-03-01"),
        ("version 2020-03-12", "in_force_through lies before", "mend the dates"),
    ),
    "an unknown key of the rule": (("label:", "name: x\nlabel:"), ("unknown key name", "Use only")),
    "an unknown key of a version": (
        ("verified_on:", "in_force_until: 2020-01-01\n    verified_on:"),
        ("version 2015-01-01", "unknown key in_force_until", "in_force_through"),
    ),
    "an unknown key of a source": (
        ("wording: Ord", "wording: Ord, link: x"),
        ("unknown key link",),
    ),
    "an unknown key of a value": (
        ("{suspended: true}", "{suspended: true, why: x}"),
        ("version 2020-03-12", "value", "unknown key why", "Use only suspended"),
    ),
    "a key written twice": (
        ("family: suspension", "family: suspension\nfamily: suspension"),
        ("'family' is written twice", "Mend the file"),
    ),
    "a key written twice inside": (
        ("{suspended: true}", "{suspended: true, suspended: false}"),
        ("'suspended' is written twice",),
    ),
    "an unknown instrument": (
        ("instrument: order", "instrument: ordre"),
        ("version 2015-01-01", "instrument ordre is unknown", "instruments.yaml"),
    ),
    "a version without source": (
        ("    source: {", "    note: {"),
        ("version 2015-01-01", "source is missing", "Add source"),
    ),
    "a source without grade": ((" grade: B,", ""), ("source", "grade is missing", "Add grade")),
    "a source without wording": ((",\n      wording: Ord", ""), ("wording is missing",)),
    "a source with empty wording": (("wording: Ord", 'wording: ""'), ("wording", "is empty")),
    "an unknown grade": (("grade: B", "grade: E"), ("'E' is not known", "A, B, C, D")),
    "a version without text": (
        ("    text: {da: En sætning., en: A sentence.}", ""),
        ("text is missing",),
    ),
    "a text in one language": ((", en: A sentence.", ""), ("text", "en is missing")),
    "a source without a web address": (
        ('url: "https://example.dk/1"', "url: example.dk"),
        ("not a web address", "Write the address"),
    ),
    "a flag that is a word": (
        ("{suspended: true}", '{suspended: "true"}'),
        ("version 2020-03-12", "suspended", "should be of type bool"),
    ),
    "a value of another family": (("{suspended: true}", "{left_out: true}"), ("left_out",)),
    "a value that is no mapping": (("{suspended: true}", "true"), ("should be keys with values",)),
    "a day that does not exist": (
        ("in_force_through: 2020-05-26", "in_force_through: 2020-02-30"),
        ("version 2020-03-12", "'2020-02-30' is not a date", "yyyy-mm-dd"),
    ),
    "a day written another way": (
        ("in_force_from: 2020-03-12", "in_force_from: 12-03-2020"),
        ("version 12-03-2020", "is not a date"),
    ),
    "a moment in place of a day": (
        ("verified_on: 2026-11-24", "verified_on: 2026-11-24 10:00:00"),
        ("verified_on", "is not a date"),
    ),
    "a version without its first day": (
        ("  - in_force_from: 2020-03-12", "  -"),
        ("version 2", "in_force_from is missing"),
    ),
    "a rule that ends": (
        (
            "in_force_from: 2020-05-27",
            "in_force_from: 2020-05-27\n    in_force_through: 2021-01-01",
        ),
        ("nothing holds after 2021-01-01", "Leave in_force_through out"),
    ),
    "an unknown family": (
        ("family: suspension", "family: suspended"),
        ("'suspended'", "Write one"),
    ),
    "an unknown regime": (("regime: [duty]", "regime: [dutie]"), ("regime", "'dutie'")),
    "a regime named twice": (
        ("regime: [duty]", "regime: [duty, duty]"),
        ("names something twice",),
    ),
    "a regime that is no list": (("regime: [duty]", "regime: duty"), ("should be a list",)),
    "no regime": (("regime: [duty]", "regime: []"), ("needs a regime",)),
    "another way to date it": (("meeting_date", "delivery_date"), ("applies_by", "Write one of")),
    "a name unlike the file's": (("rule: suspension", "rule: pause"), ("Call it pause.yaml",)),
    "text that is not YAML": (("versions:", "versions: ["), ("not readable as YAML",)),
    "versions that are no list": (("versions:", "version:"), ("a list of versions",)),
}


@pytest.mark.parametrize(("edit", "says"), REFUSALS.values(), ids=REFUSALS.keys())
def test_the_loader_refuses(edit: Edit, says: tuple[str, ...], tmp_path: Path) -> None:
    folder = write_law(tmp_path, suspension=edited(SUSPENSION, edit))
    with pytest.raises(LawError) as refusal:
        load_law(folder)
    message = str(refusal.value)
    assert message.startswith("suspension.yaml")
    for part in says:
        assert part in message


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (("modes: [in_person]", "modes: [fax]"), "'fax' is not known"),
        (("regions: null", "regions: [1084]"), "Write it in quotes"),
        (("months_from: null", "months_from: six"), "should be of type int"),
        (("months_from: null", "months_from: true"), "should be of type int"),
        (("summoned_before: null", "summoned_before: august"), "is not a date"),
        (("groups: null", "groups: [XX]"), "'XX' is not known"),
        (("groups: null, ", ""), "groups is missing"),
    ],
)
def test_a_grant_is_typed(edit: Edit, says: str, tmp_path: Path) -> None:
    with pytest.raises(
        LawError, match=r"accepted_modes\.yaml.*version 2015-01-01.*grants"
    ) as refusal:
        load_law(write_law(tmp_path, accepted_modes=edited(MODES, edit)))
    assert says in str(refusal.value)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (("required: 6", "required: 0"), "required must be at least 1"),
        (("window_to: 6", "window_to: 0"), "window_from must lie before window_to"),
        (("months, window_from: 0", "weeks, window_from: 3"), "only a window in months"),
        (("share: null", "share: 75"), "share must lie between 0 and 1"),
    ],
)
def test_a_requirement_makes_sense(edit: Edit, says: str, tmp_path: Path) -> None:
    with pytest.raises(LawError, match=says):
        load_law(write_law(tmp_path, six=edited(REQUIREMENT, edit)))


def test_a_requirement_may_end(tmp_path: Path) -> None:
    rule = load_law(write_law(tmp_path, six=REQUIREMENT)).rules["six"]
    with pytest.raises(LawNotEncoded):
        rule.version_on(date(2020, 1, 1))


def test_every_group_has_its_types(tmp_path: Path) -> None:
    types = HEAD.format(rule="accepted_types", family="accepted_types") + version(
        "2015-01-01", "", '{types: {DP: ["7"], none: ["7"]}}'
    )
    with pytest.raises(LawError, match="types leaves out FLEX, JAF"):
        load_law(write_law(tmp_path, accepted_types=types))


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (("known_through: 2020-07-01", "known_through: 2020-07-02"), "overlaps"),
        (("known_through: 2020-07-01", "known_through: 2020-06-30"), "no version is known"),
        (("known_through: 2020-07-01", "known_through: 2014-01-01"), "known_through lies before"),
        (("in_force_through: 2020-02-29", "in_force_through: 2020-02-28"), "leaves a gap"),
        (
            (
                "2015-01-01\n    in_force_through: 2020-02-29",
                "2016-01-01\n    in_force_through: 2020-02-29",
            ),
            "every stretch of knowledge begin on the same day",
        ),
    ],
)
def test_knowledge_has_no_gap_and_no_overlap(edit: Edit, says: str, tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"month_left_out\.yaml.*as known on|known_") as refusal:
        load_law(write_law(tmp_path, month_left_out=edited(GUIDANCE, edit)))
    assert says in str(refusal.value)


def test_a_family_that_judges_has_one_rule(tmp_path: Path) -> None:
    second = edited(SUSPENSION, ("rule: suspension", "rule: suspension_2"))
    with pytest.raises(LawError, match="already has the rule suspension"):
        load_law(write_law(tmp_path, suspension=SUSPENSION, suspension_2=second))


@pytest.mark.parametrize(
    ("instruments", "says"),
    [
        (INSTRUMENTS + SAME_INSTRUMENT, "order is listed twice"),
        (INSTRUMENTS.replace("kind: order", "kind: rumour"), "'rumour' is not known"),
        (INSTRUMENTS.replace("https://", ""), "not a web address"),
        (INSTRUMENTS.replace("number: null", "number: 12"), "Write it in quotes"),
        (INSTRUMENTS.replace("source: S1", "sources: S1"), "unknown key sources"),
        ("- 1", "should be keys with values"),
    ],
)
def test_instruments_are_read_as_strictly(instruments: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"^instruments\.yaml") as refusal:
        load_law(write_law(tmp_path, instruments, suspension=SUSPENSION))
    assert says in str(refusal.value)


def test_the_folder_holds_instruments_and_rules_and_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"instruments\.yaml: the file is not there"):
        load_law(tmp_path)
    with pytest.raises(LawError, match="there is no rule"):
        load_law(write_law(tmp_path))
    (tmp_path / "rules" / "suspension.yml").write_text(SUSPENSION, encoding="utf-8")
    with pytest.raises(LawError, match=r"suspension\.yml: not a rule"):
        load_law(tmp_path)
