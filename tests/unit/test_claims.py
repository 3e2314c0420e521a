"""Claims of the debate: what is reckoned, what is counted, and the verdict they give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.claims.at_hand import AtHand, Sum
from pipelines.claims.judging import judge_claims
from pipelines.claims.model import Claim, Finding
from pipelines.contracts.model import Text
from pipelines.costs.model import Range, Standard
from pipelines.costs.table import shipped_costs

# A tenth of the country: 250,000 a year before the closure, 40,000 in its months (normal: 63,014).
TENTH = AtHand(
    normal=Sum(250_000, 365),
    closure=Sum(40_000, 92),
    suspended=24_000,
    copenhagen_before=20_000,
    copenhagen_after=25_000,
    insured_due=1_000,
    insured_met=700,
    job_centre_owes=4,
)


def claim(name: str, at_hand: AtHand = TENTH, standard: Standard | None = None) -> Claim:
    claims = judge_claims(at_hand, standard or shipped_costs())
    return next(it for it in claims if it.id == name)


def value(of: Claim, name: str) -> float | None:
    return next(it for it in of.findings if it.id == name).value


def test_half_a_million_is_what_was_not_held_and_what_was_held_and_suspended():
    it = claim("missing")
    assert value(it, "missing_by_days") == pytest.approx(2_500_000 * 76 / 365)
    assert value(it, "not_held") == pytest.approx(10 * (250_000 * 92 / 365 - 40_000))
    assert value(it, "suspended") == pytest.approx(240_000)
    assert value(it, "missing") == pytest.approx(470_137, abs=1)
    assert it.verdict == "holds"


def test_counts_that_are_far_from_it_make_the_claim_fall():
    assert claim("missing", replace(TENTH, suspended=0)).verdict == "fails"


@pytest.mark.parametrize("lost", ["normal", "closure", "suspended"])
def test_without_the_months_half_a_million_is_mere_arithmetic(lost: str):
    it = claim("missing", replace(TENTH, **{lost: None}))  # type: ignore[arg-type]
    assert it.verdict == "arithmetic"
    assert value(it, "missing") is None
    assert "ses ikke" in it.because.da


def test_nothing_held_before_gives_no_scale():
    assert claim("missing", replace(TENTH, normal=Sum(0, 90))).verdict == "arithmetic"


def test_half_a_million_hours_are_conversation_and_administration():
    it = claim("hours")
    found = {one.id: one.value for one in it.findings}
    assert found == {
        "conversation_hours": 125_000,
        "administration_hours": 375_000,
        "hours": 500_000,
    }
    assert it.verdict == "arithmetic"


def test_other_minutes_make_other_hours():
    shipped = shipped_costs()
    short = tuple(replace(one, minutes=Range(5, 5, 5)) for one in shipped.activities)
    it = claim("hours", standard=replace(shipped, activities=short))
    assert value(it, "hours") == pytest.approx(500_000 * 10 / 60)
    assert it.verdict == "fails"


@pytest.mark.parametrize(
    ("price", "verdict"),
    [
        (Range(300, 400, 500), "arithmetic"),
        (Range(150, 400, 500), "partly"),
        (Range(300, 400, 2000), "partly"),
        (Range(50, 60, 70), "fails"),
    ],
)
def test_a_three_digit_million_must_hold_at_every_price(price: Range, verdict: str):
    it = claim("money", standard=replace(shipped_costs(), hourly_cost_dkk=price))
    assert [one.value for one in it.findings] == [
        pytest.approx(500_000 * end) for end in (price.low, price.middle, price.high)
    ]
    assert it.verdict == verdict


def test_copenhagen_planned_fifty_thousand_more_and_held_what_it_held():
    it = claim("copenhagen")
    assert value(it, "copenhagen_growth") == pytest.approx(36.86, abs=0.01)
    assert value(it, "copenhagen_more") == 50_500
    assert value(it, "copenhagen_held") == pytest.approx(25)
    assert it.verdict == "arithmetic"
    assert (
        value(claim("copenhagen", replace(TENTH, copenhagen_before=None)), "copenhagen_held")
        is None
    )


def test_unemployed_are_not_counted_here_and_that_is_said():
    it = claim("unemployed")
    assert (value(it, "unemployed"), value(it, "unemployed_owed")) == (None, 200_000)
    assert it.verdict == "untested"
    assert "ikke ledige" in it.because.da


def test_the_job_centre_owes_four_of_up_to_six():
    it = claim("up_to_six")
    assert it.findings[0].difference == -2
    assert value(it, "insured_met") == pytest.approx(70)
    assert it.verdict == "partly"
    assert claim("up_to_six", replace(TENTH, job_centre_owes=6)).verdict == "holds"
    assert claim("up_to_six", AtHand()).verdict == "untested"


def test_with_nothing_at_hand_every_claim_still_has_a_verdict():
    verdicts = {it.id: it.verdict for it in judge_claims(AtHand(), shipped_costs())}
    assert verdicts == {
        "missing": "arithmetic",
        "hours": "arithmetic",
        "money": "arithmetic",
        "unemployed": "untested",
        "up_to_six": "untested",
        "copenhagen": "arithmetic",
    }


@pytest.mark.parametrize(
    ("ours", "said", "near"),
    [(90, 100, True), (110, 100, True), (89, 100, False), (1, None, False)],
)
def test_a_round_number_holds_within_a_tenth(ours: float, said: float | None, near: bool):
    it = Finding("x", Text("x", "x"), "counted", "meetings", ours, said)
    assert it.is_near is near
