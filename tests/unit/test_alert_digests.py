"""An owner is told once of what is wrong, in one message that can be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipelines.alerts.digests import Night, blocked_alert, blocked_messages, write_messages
from pipelines.alerts.memory import Message, Told
from pipelines.alerts.model import Alert, State
from pipelines.alerts.routes import Routes
from pipelines.municipalities import municipalities
from tests.unit.alert_cases import DAY, NOW, ROUTES, alert, night, with_owner

CODES = [municipality.code for municipality in municipalities()]
BEATING = with_owner("kl", heartbeat=True)


def messages(
    *alerts: Alert,
    told: dict[tuple[str, str], Told] | None = None,
    said: set[tuple[str, str]] | None = None,
    routes: Routes = ROUTES,
    of: Night | None = None,
) -> list[Message]:
    return write_messages(of or night(), alerts, told or {}, said or set(), routes, NOW)


def was_told(
    about: Alert, owner: str = "kl", state: State = "new", **changes: object
) -> dict[tuple[str, str], Told]:
    known = replace(Told(about.since, state, about.value), **changes)  # type: ignore[arg-type]
    return {(owner, about.alert_id): known}


def test_a_digest_says_what_is_new_worse_and_resolved_and_what_to_do():
    worse = alert("147", state="worse", since=DAY - timedelta(days=12), value=3.0)
    resolved = alert("751", state="resolved")
    ongoing = alert("851", state="ongoing")
    told = was_told(worse, value=2.0) | was_told(resolved) | was_told(ongoing)
    [message] = messages(alert("101"), worse, resolved, ongoing, told=told)
    assert message.subject == "Samtaleregnskab 24-11-2026: 1 ny, 1 forværret, 1 løst"
    assert message.body == (
        "Nye (1):\n"
        "- Kommune 101: gabet er 1.0.\n"
        "  Gør: Se på samtaleformerne.\n\n"
        "Forværret (1):\n"
        "- Kommune 147: gabet er 3.0. (siden 12-11-2026)\n"
        "  Gør: Se på samtaleformerne.\n\n"
        "Løst (1):\n"
        "- Kommune 751: gabet er 1.0.\n\n"
        "Stadig åbne, som I kender: 1.\n\n"
        "Se mere: https://rapport.example.dk/\n"
        "Til: KL's datateam\n"
        f"Besked-id: {message.key}"
    )
    assert (message.owner, message.kind, message.urgent) == ("kl", "digest", False)


@pytest.mark.parametrize("state", ["new", "ongoing", "worse"])
def test_what_an_owner_was_not_told_is_told_whatever_its_state(state: State):
    [message] = messages(alert(state=state))
    assert [told.state for told in message.tells] == [state]


@pytest.mark.parametrize("state", ["new", "ongoing"])
def test_what_an_owner_was_told_is_not_told_again(state: State):
    assert messages(alert(state=state), told=was_told(alert())) == []


def test_what_was_told_to_another_owner_is_told():
    assert len(messages(alert(), told=was_told(alert(), owner="kbh"))) == 1


def test_a_new_life_of_an_alert_is_told():
    earlier = was_told(alert(since=DAY - timedelta(days=40)))
    assert len(messages(alert(), told=earlier)) == 1
    assert len(messages(alert(), told=was_told(alert(), state="resolved"))) == 1


def test_worse_is_told_once_a_value():
    worse = alert(state="worse", value=3.0)
    [message] = messages(worse, told=was_told(worse, value=2.0))
    assert "1 forværret" in message.subject
    assert messages(worse, told=was_told(worse, state="worse")) == []


def test_resolved_is_told_to_those_who_were_told_it_was_open():
    resolved = alert(state="resolved")
    assert messages(resolved) == []
    assert messages(resolved, told=was_told(resolved, state="resolved")) == []
    both = was_told(resolved) | was_told(resolved, owner="kbh")
    assert [message.owner for message in messages(resolved, told=both)] == ["kl", "kbh"]
    assert messages(resolved, told=was_told(resolved, owner="gone")) == []


def test_silenced_alerts_are_not_told():
    assert messages(alert(state="silenced")) == []
    assert messages(alert(state="silenced"), told=was_told(alert())) == []


def test_each_owner_gets_its_own_and_an_unknown_owners_go_to_the_default():
    told = messages(alert("101", owner="kbh"), alert("147", owner="gone"), alert("751", owner="x"))
    assert {message.owner: message.tells[0].municipality_code for message in told} == {
        "kl": "147",
        "kbh": "101",
        "x": "751",
    }


def test_nobody_is_told_where_there_are_no_routes():
    assert messages(alert(), routes=Routes("none", {}, {})) == []


def test_a_storm_is_one_paragraph_to_the_default_owner_and_nothing_to_the_others():
    storm = [alert(code, owner="kbh") for code in CODES[:49]]
    [message] = messages(*storm, alert("101", rule="law_unverified"))
    assert message.owner == "kl"
    assert message.subject == "Samtaleregnskab 24-11-2026: én årsag i 49 kommuner?, 1 ny"
    assert (
        "Reglen «gap_above_history» ramte 49 kommuner på én gang: sandsynligvis en fælles årsag, "
        in message.body
    )
    assert [told.rule for told in message.tells] == ["law_unverified"]
    assert len(messages(*storm[:48])) == 1
    assert messages(*storm[:48])[0].owner == "kbh"


def test_what_stands_after_a_storm_is_told_to_its_own_owner_in_the_next_publication():
    storm = [alert(code, owner="kbh") for code in CODES[:49]]
    [first] = messages(*storm)
    said = {(first.owner, what) for what in first.says}
    assert messages(*storm, said=said) == []
    later = [replace(one, state="ongoing") for one in storm[:3]]
    [message] = messages(*later, said=said, of=night(1))
    assert (message.owner, len(message.tells)) == ("kbh", 3)


def test_a_rule_that_hits_one_municipality_many_times_is_no_storm():
    many = [alert("101", subject=str(number), owner="kbh") for number in range(60)]
    assert [message.owner for message in messages(*many)] == ["kbh"]


def test_five_thousand_alerts_make_one_message_that_can_be_read():
    many = [
        alert(code, state="ongoing", subject=str(number), rule=rule)
        for code in CODES
        for number in range(26)
        for rule in ("gap_above_history", "delivery_missing")
    ]
    [message] = messages(*many)
    assert len(many) > 5_000
    assert len(message.tells) == len(many)
    assert message.body.count("Gør:") == 2  # once a rule
    assert message.body.count("\n- Kommune") == 24  # each rule has its share of what is written out
    assert len(message.body.splitlines()) < 40
    assert "- … og 2.536 til i 98 kommuner: gap_above_history" in message.body
    assert "- … og 2.536 til i 98 kommuner: delivery_missing" in message.body


def test_sections_beyond_what_is_written_out_are_counted():
    new = [alert(code) for code in CODES[:25]]
    worse = alert("851", state="worse", value=2.0)
    [message] = messages(*new, worse, told=was_told(worse, value=1.0))
    assert "Forværret (1):\n- … 1 i 1 kommune: gap_above_history" in message.body


def test_a_text_is_one_line_and_not_endless():
    long = replace(alert(), message_da="Linje\nmed\tmeget " + "tekst " * 200)
    [message] = messages(long)
    line = message.body.splitlines()[1]
    assert line.startswith("- Linje med meget tekst")
    assert line.endswith(" …")
    assert len(line) < 410


def test_rules_are_called_by_their_danish_names():
    named = replace(night(), rule_names={"gap_above_history": "Gabet over historien"})
    storm = [alert(code) for code in CODES]
    [message] = messages(*storm, of=named)
    assert "Reglen «Gabet over historien» ramte 98 kommuner" in message.body


def test_a_heartbeat_tells_that_the_night_ran_and_what_is_open():
    ongoing = [alert("101", state="ongoing"), alert("147", state="ongoing")]
    told = was_told(ongoing[0]) | was_told(ongoing[1])
    [message] = messages(*ongoing, told=told, routes=BEATING)
    assert message.kind == "heartbeat"
    assert message.subject == "Samtaleregnskab 24-11-2026: natten kørte, 2 åbne varsler"
    assert message.body.startswith(
        "Natten kørte 24-11-2026 kl. 05:00. 97 af 98 kommuner har leveret; seneste leverance: "
        "23-11-2026.\nÅbne varsler: 2.\n- gap_above_history: 2\n"
    )


def test_a_heartbeat_is_part_of_the_digest_where_there_is_one():
    [message] = messages(alert(), routes=BEATING)
    assert message.kind == "digest"
    assert "Natten kørte 24-11-2026 kl. 05:00." in message.body
    said = {(message.owner, what) for what in message.says}
    assert messages(alert(), told=was_told(alert()), said=said, routes=BEATING) == []


def test_a_heartbeat_comes_once_a_day_however_many_publications():
    [first] = messages(routes=BEATING)
    said = {("kl", what) for what in first.says}
    assert messages(routes=BEATING, said=said) == []
    assert messages(routes=BEATING, said=said, of=night(1)) == []
    tomorrow = write_messages(night(), [], {}, said, BEATING, NOW + timedelta(days=1))
    assert [message.kind for message in tomorrow] == ["heartbeat"]
    assert tomorrow[0].key != first.key


def test_a_night_told_of_after_it_was_killed_has_no_heartbeat():
    [message] = messages(alert(), routes=BEATING, of=replace(night(), tonight=False))
    assert "Natten kørte" not in message.body
    assert messages(routes=BEATING, of=replace(night(), tonight=False)) == []


def test_the_key_is_the_same_for_the_same_and_another_for_anything_else():
    def key(*alerts: Alert, of: int = 0) -> str:
        return messages(*alerts, of=night(of))[0].key

    one, two = alert("101"), alert("147")
    assert key(one, two) == key(two, one)
    assert len(key(one)) == 32
    different = {
        key(one),
        key(one, two),
        key(replace(one, state="worse")),
        key(one, of=1),
        key(replace(one, owner="kbh")),
    }
    assert len(different) == 5


def test_a_blocked_night_is_told_to_the_default_owner_and_to_those_who_follow_the_night():
    routes = with_owner("x", with_owner("kbh", heartbeat=True), rules=("blocked_night",))
    told = blocked_messages(
        DAY, ["Kontrollen x fejlede."], "P1", blocked_alert(DAY, DAY, "kl"), set(), routes
    )
    assert [message.owner for message in told] == ["kl", "kbh", "x"]
    assert all(message.urgent for message in told)
    assert told[0].subject == "Samtaleregnskab 24-11-2026: natten blev IKKE udgivet"
    assert told[0].body.startswith(
        "Natten blev IKKE udgivet. Udgivelsen P1 står.\n- Kontrollen x fejlede.\nGør: Ret årsagen"
    )


def test_a_blocked_night_without_a_publication_or_with_many_problems_can_be_read():
    problems = [f"Kontrol {number} fejlede." for number in range(60)]
    [message] = blocked_messages(DAY, problems, None, blocked_alert(DAY, DAY, "kl"), set(), ROUTES)
    assert message.body.startswith("Natten blev IKKE udgivet.\n- Kontrol 0 fejlede.\n")
    assert "- … og 35 til\n" in message.body
