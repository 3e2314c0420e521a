-- grain: a municipality, mode and month
-- inputs: base.counts, next.counts
-- provisions: counting.md 5 (duty) and 8 (a mode may have its own minutes)
-- row: meetings held, how many of them were recognised, and how many would have been
with parts as (
    select
        municipality_code,
        mode,
        month,
        held,
        recognised as recognised_baseline,
        0 as recognised_scenario
    from base.counts
    where regime = 'duty'
    union all by name
    select
        municipality_code,
        mode,
        month,
        recognised as recognised_scenario
    from next.counts
    where regime = 'duty'
),

sums as (
    select
        municipality_code,
        mode,
        month,
        coalesce(sum(held), 0) as held,
        coalesce(sum(recognised_baseline), 0) as recognised_baseline,
        coalesce(sum(recognised_scenario), 0) as recognised_scenario
    from parts
    group by municipality_code, mode, month
)

select
    *,
    held - recognised_baseline as gap_baseline,
    held - recognised_scenario as gap_scenario
from sums
order by municipality_code, mode, month
