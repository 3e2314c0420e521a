"""All claims, judged by the data at hand."""

from __future__ import annotations

from pipelines.claims.at_hand import AtHand
from pipelines.claims.demand import copenhagen, more_unemployed, up_to_six
from pipelines.claims.missing import hours, missing, money
from pipelines.claims.model import Claim
from pipelines.costs.model import Standard


def judge_claims(at_hand: AtHand, standard: Standard) -> tuple[Claim, ...]:
    """Every claim with its verdict, in the order they were made."""
    return (
        missing(at_hand),
        hours(standard),
        money(standard),
        more_unemployed(at_hand),
        up_to_six(at_hand),
        copenhagen(at_hand),
    )
