-- grain: a regime, month, municipality, target group and mode
-- inputs: regime_cells
-- provisions: counting.md 5 (gap is held minus recognised)
-- row: meetings held, recognised, and the gap between the two
select
    regime,
    month,
    municipality_code,
    target_group,
    mode,
    sum(meetings) as held,
    coalesce(sum(meetings) filter (where reason is null), 0) as recognised,
    sum(meetings) - coalesce(sum(meetings) filter (where reason is null), 0) as gap
from regime_cells
group by regime, month, municipality_code, target_group, mode
order by regime, month, municipality_code, target_group, mode
