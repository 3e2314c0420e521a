"""A small law as text, for tests to write, spoil and load."""

from pathlib import Path

INSTRUMENTS = """
instruments:
  - {id: order, kind: order, title: Bekendtgørelse, number: null, issued: 2020-03-12,
     in_force: null, url: "https://example.dk/order", source: S1}
"""
VERSION = """
  - in_force_from: {start}
    {end}
    known_from: {known}
    value: {value}
    text: {{da: En sætning., en: A sentence.}}
    source: {{instrument: order, provision: § 1, url: "https://example.dk/1", grade: B,
      wording: Ord}}
    verified_on: 2026-11-24
"""
SAME_INSTRUMENT = INSTRUMENTS.split("instruments:")[1].replace("Bekendtgørelse", "En anden")
HEAD = """
rule: {rule}
family: {family}
regime: [duty]
applies_by: meeting_date
label: {{da: Regel, en: Rule}}
versions:
"""
Edit = tuple[str, str]


def version(start: str, end: str, value: str, known: str = "2020-01-01", until: str = "") -> str:
    through = f"in_force_through: {end}" if end else ""
    known_through = f"\n    known_through: {until}" if until else ""
    return VERSION.format(start=start, end=through, known=known + known_through, value=value)


SUSPENSION = (
    HEAD.format(rule="suspension", family="suspension")
    + version("2015-01-01", "2020-03-11", "{suspended: false}")
    + version("2020-03-12", "2020-05-26", "{suspended: true}")
    + version("2020-05-27", "", "{suspended: false}")
)
GUIDANCE = (
    HEAD.format(rule="month_left_out", family="month_left_out")
    + version("2015-01-01", "", "{left_out: false}", "2015-01-01", "2020-07-01")
    + version("2015-01-01", "2020-02-29", "{left_out: false}", "2020-07-02")
    + version("2020-03-01", "", "{left_out: true}", "2020-07-02")
)
MODES = HEAD.format(rule="accepted_modes", family="accepted_modes") + version(
    "2015-01-01",
    "",
    "{needs_spell: false, grants: [{modes: [in_person], groups: null, regions: null, "
    "summoned_before: null, months_from: null, after_in_person: false}]}",
)
REQUIREMENT = HEAD.format(rule="six", family="requirement") + version(
    "2015-01-01",
    "2019-12-31",
    "{groups: [DP], actor: municipality, required: 6, window_unit: months, window_from: 0, "
    "window_to: 6, share: null}",
)


def write_law(folder: Path, instruments: str = INSTRUMENTS, **rules: str) -> Path:
    """Writes a law folder with the given rules."""
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    (folder / "instruments.yaml").write_text(instruments, encoding="utf-8")
    for name, text in rules.items():
        (folder / "rules" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def edited(text: str, edit: Edit) -> str:
    assert edit[0] in text
    return text.replace(edit[0], edit[1], 1)
