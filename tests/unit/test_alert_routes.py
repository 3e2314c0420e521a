"""alerts.yaml is read strictly, and says in Danish which line is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.alerts.routes import NOBODY, Routes, RoutesError, load_routes
from pipelines.alerts.silencing import add_silence
from tests.unit.alert_cases import quiet

RULES = ("gap_above_history", "law_unverified")
FILE = """\
link: https://rapport.example.dk/
default_owner: kl
storm: 49
routes:
  post: {url_from: SAMTALER_POST}
  hook: {url: "json://localhost:8080/hook"}   # the reserve
owners:
  kl:
    name: KL's datateam
    routes: [post, hook]
    rules: [law_unverified]
    heartbeat: true
    quiet: {from: "22:00", to: "07:00"}
  kbh:
    name: Københavns Kommune
    municipalities: ["101"]
    routes: [hook]
  x:
    name: Leverandør X
    systems: [Momentum]
    routes: [hook]
silences:
  - {rule: gap_above_history, municipality: "101", until: 2026-12-31, reason: "Nyt fagsystem"}
"""


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMTALER_POST", "mailto://bruger:hemmelig@example.dk?to=kl@example.dk")


def written(folder: Path, text: str = FILE) -> Path:
    file = folder / "alerts.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def loaded(folder: Path, text: str = FILE) -> Routes:
    return load_routes(written(folder, text), RULES)


def test_an_alert_belongs_to_its_rules_owner_then_the_systems_then_the_municipalitys(
    tmp_path: Path,
):
    routes = loaded(tmp_path)
    assert routes.owner_of("law_unverified", "101", "Momentum") == "kl"
    assert routes.owner_of("gap_above_history", "101", "Momentum") == "x"
    assert routes.owner_of("gap_above_history", "101", None) == "kbh"
    assert routes.owner_of("gap_above_history", "751", None) == "kl"
    assert routes.owner_of("gap_above_history", None, None) == "kl"


def test_addresses_come_from_the_file_or_the_environment_and_are_never_shown(tmp_path: Path):
    routes = loaded(tmp_path)
    assert [name for name, _ in routes.ways("kl")] == ["post", "hook"]
    assert routes.ways("kl")[0][1].startswith("mailto://bruger:hemmelig@")
    assert "hemmelig" not in repr(routes)


def test_a_silence_holds_through_its_last_day_and_only_where_it_says(tmp_path: Path):
    routes = loaded(tmp_path)
    last = date(2026, 12, 31)
    found = routes.silenced("gap_above_history", "101", "DP", None, last)
    assert found is not None
    assert found.reason == "Nyt fagsystem"
    assert routes.silenced("gap_above_history", "101", None, None, date(2027, 1, 1)) is None
    assert routes.silenced("gap_above_history", "147", None, None, last) is None
    assert routes.silenced("law_unverified", "101", None, None, last) is None


def test_without_a_file_nobody_is_told(tmp_path: Path):
    routes = load_routes(tmp_path / "alerts.yaml", RULES)
    assert routes.owners == {}
    assert routes.owner_of("gap_above_history", "101", None) == NOBODY


REFUSALS = {
    "an unknown key": (("storm: 49", "strom: 49"), ("linje 3", "strom: nøglen er ukendt")),
    "a key written twice": (("storm: 49", "storm: 49\nstorm: 50"), ("linje 3", "to gange")),
    "an owner written twice": (("  x:\n", "  kbh:\n"), ("linje 14", "to gange")),
    "no default owner": (("default_owner: kl\n", ""), ("default_owner mangler",)),
    "an unknown default owner": (
        ("default_owner: kl", "default_owner: KL"),
        ("linje 2", "'KL' er ukendt", "kl, kbh, x"),
    ),
    "an unknown route": (("[post, hook]", "[post, teams]"), ("linje 10", "'teams' er ukendt")),
    "no route": (("[post, hook]", "[]"), ("linje 8", "ingen vej")),
    "an unknown rule": (("[law_unverified]", "[law]"), ("linje 11", "'law' er ukendt")),
    "an unknown municipality": (('["101"]', '["102"]'), ("linje 16", "'102' er ingen kommune")),
    "a code that is no text": (('["101"]', "[101]"), ("linje 16", "anførselstegn")),
    "a time that is none": (('"22:00"', '"25:00"'), ("linje 13", "er ikke et klokkeslæt")),
    "a time without quotes": (('"22:00"', "22:00"), ("linje 13", "anførselstegn")),
    "quiet hours that never begin": (('"22:00"', '"07:00"'), ("linje 13", "samtidig")),
    "a silence of an unknown rule": (
        ("rule: gap_above_history", "rule: gap"),
        ("linje 23", "'gap' er ukendt"),
    ),
    "a silence without reason": (
        (', reason: "Nyt fagsystem"', ""),
        ("linje 23", "reason mangler"),
    ),
    "a silence with an empty reason": (('"Nyt fagsystem"', '" "'), ("linje 23", "her står intet")),
    "a silence without end": ((" until: 2026-12-31,", ""), ("linje 23", "until mangler")),
    "a silence until no day": (("2026-12-31", "2026-11-31"), ("linje 23", "er ikke en dag")),
    "a silence of no municipality": (
        ('municipality: "101"', 'municipality: "999"'),
        ("linje 23", "ingen kommune"),
    ),
    "two owners of a municipality": (
        ("systems: [Momentum]", 'municipalities: ["101"]'),
        ("linje 20", "101 hører også til kbh"),
    ),
    "a variable that is not set": (("SAMTALER_POST", "SAMTALER_NIX"), ("linje 5", "SAMTALER_NIX")),
    "no address": (("url_from: SAMTALER_POST", ""), ("linje 5", "præcis én")),
    "two addresses": (
        ("{url:", "{url_from: SAMTALER_POST, url:"),
        ("linje 6", "præcis én"),
    ),
    "an unknown scheme": (("json://localhost", "jsn://localhost"), ("linje 6", "apprise-adresse")),
    "no storm at all": (("storm: 49", "storm: 0"), ("linje 3", "mindst 1")),
    "text that is not YAML": (("storm: 49", "storm: ["), ("linje", "kan ikke læses som YAML")),
    "no keys": ((FILE, "- 1"), ("linje 1", "nøgler med værdier")),
    "an empty file": ((FILE, ""), ("linje 1", "nøgler med værdier")),
}


@pytest.mark.parametrize(("edit", "says"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_is_not_right_is_refused(edit: tuple[str, str], says: tuple[str, ...], tmp_path: Path):
    assert edit[0] in FILE
    with pytest.raises(RoutesError) as refusal:
        loaded(tmp_path, FILE.replace(edit[0], edit[1], 1))
    message = str(refusal.value)
    assert message.startswith("alerts.yaml, linje ")
    assert [part for part in says if part not in message] == []


def test_an_error_never_quotes_an_address(tmp_path: Path):
    for broken in ('url: ["json://u:hemmelig@h"]', 'url: "jsn://u:hemmelig@h"', "url: {hemmelig"):
        with pytest.raises(RoutesError) as refusal:
            loaded(tmp_path, FILE.replace('url: "json://localhost:8080/hook"', broken))
        assert "hemmelig" not in str(refusal.value)


def test_letters_that_are_not_utf_8_are_refused(tmp_path: Path):
    file = tmp_path / "alerts.yaml"
    file.write_bytes(FILE.encode("cp1252"))
    with pytest.raises(RoutesError, match="kan ikke læses"):
        load_routes(file, RULES)


# 2026-03-29: clocks go from 02:00 to 03:00. 2026-10-25: from 03:00 back to 02:00.
@pytest.mark.parametrize(
    ("utc", "is_quiet"),
    [
        ("2026-11-24 20:59", False),  # 21:59 in winter
        ("2026-11-24 21:00", True),
        ("2026-11-25 05:59", True),
        ("2026-11-25 06:00", False),
        ("2026-07-01 20:00", True),  # 22:00 in summer
        ("2026-07-01 05:00", False),
        ("2026-03-29 04:59", True),  # 06:59, the night is an hour shorter
        ("2026-03-29 05:00", False),
        ("2026-10-25 05:59", True),  # 06:59, the night is an hour longer
        ("2026-10-25 06:00", False),
    ],
)
def test_quiet_hours_follow_the_clock_in_copenhagen(utc: str, is_quiet: bool):
    now = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert quiet("22:00", "07:00").holds(now) is is_quiet


def test_quiet_hours_may_lie_within_a_day():
    rest = quiet("12:00", "13:00")
    assert rest.holds(datetime(2026, 11, 24, 11, 30, tzinfo=UTC))
    assert not rest.holds(datetime(2026, 11, 24, 12, 0, tzinfo=UTC))


def test_a_silence_is_added_and_comments_stay(tmp_path: Path):
    file = written(tmp_path)
    file.chmod(0o600)
    add_silence(
        file,
        RULES,
        rule="law_unverified",
        municipality="751",
        until=date(2027, 1, 31),
        reason="Ny lov: «på vej»",
    )
    text = file.read_text("utf-8")
    assert "# the reserve" in text
    assert 'municipality: "751"' in text.replace("'", '"')
    routes = load_routes(file, RULES)
    assert len(routes.silences) == 2
    assert routes.silenced("law_unverified", "751", None, None, date(2027, 1, 31)) is not None
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["alerts.yaml"]


def test_a_first_silence_needs_no_list(tmp_path: Path):
    file = written(tmp_path, FILE.partition("silences:")[0])
    add_silence(
        file,
        RULES,
        rule="law_unverified",
        municipality=None,
        until=date(2027, 1, 31),
        reason="Ny lov",
    )
    assert load_routes(file, RULES).silenced("law_unverified", None, None, None, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("rule", "municipality"), [("gap", None), ("law_unverified", "102")], ids=["rule", "place"]
)
def test_a_silence_that_would_break_the_file_leaves_it_as_it_was(
    rule: str, municipality: str | None, tmp_path: Path
):
    file = written(tmp_path)
    with pytest.raises(RoutesError, match=r"^alerts\.yaml, linje 2\d, silences, 2, "):
        add_silence(
            file,
            RULES,
            rule=rule,
            municipality=municipality,
            until=date(2027, 1, 31),
            reason="Ny lov",
        )
    assert file.read_text("utf-8") == FILE
    assert [path.name for path in tmp_path.iterdir()] == ["alerts.yaml"]
