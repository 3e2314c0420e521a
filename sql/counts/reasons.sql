-- grain: a regime, month, municipality, target group, mode and reason
-- inputs: regime_cells
-- provisions: counting.md 5 (the first failed rule is the reason)
-- row: meetings not recognised for this reason first, and for this reason alone
select
    regime,
    month,
    municipality_code,
    target_group,
    mode,
    reason,
    sum(meetings) as not_recognised,
    coalesce(sum(meetings) filter (where sole), 0) as sole
from regime_cells
where reason is not null
group by regime, month, municipality_code, target_group, mode, reason
order by regime, month, municipality_code, target_group, mode, reason
