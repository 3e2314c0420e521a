"""`python -m proof.faults`: goes on with the campaign, within bounds, and keeps what it found.

What was tried is remembered in `var/faults/campaign.jsonl`; running again goes on from there.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path


def main() -> None:
    """Runs what is missing of the kills asked for, then the other faults, then keeps the result."""
    parser = argparse.ArgumentParser(prog="python -m proof.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=1_000, help="kills in all, earlier ones too")
    parser.add_argument("--minutes", type=float, default=60, help="stop beginning new ones then")
    parser.add_argument("--folder", type=Path, default=Path("var/faults"))
    parser.add_argument("--only", choices=("kills", "others", "result"), help="a part alone")
    asked = parser.parse_args()
    # Late, since the processes that nights start import this module again.
    from proof.faults.campaign import Campaign  # noqa: PLC0415
    from proof.faults.kills import kill_until  # noqa: PLC0415
    from proof.faults.others import try_others  # noqa: PLC0415
    from proof.faults.result import keep_result  # noqa: PLC0415
    from proof.faults.stage import open_stage  # noqa: PLC0415
    from proof.faults.warming import warm_up  # noqa: PLC0415

    until = time.monotonic() + asked.minutes * 60
    folder = asked.folder.absolute()
    campaign = Campaign(folder / "campaign.jsonl")
    if asked.only != "result":
        stage = open_stage(folder / "stage")
        warm_up(stage.modules)
        if asked.only != "kills":
            try_others(stage, campaign, until, folder / "work")
        if asked.only != "others":
            kill_until(stage, campaign, asked.kills, until, folder / "work")
    if asked.only in (None, "result"):
        print(keep_result(campaign.tried()))


if __name__ == "__main__":
    main()
