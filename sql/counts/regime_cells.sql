-- grain: a regime and a cell
-- inputs: cells
-- provisions: counting.md 5 (four ways of counting the same meetings)
-- row: the cell with its reason in that regime; no reason is recognised
select
    'held' as regime,
    month,
    municipality_code,
    target_group,
    mode,
    cast(null as varchar) as reason,
    false as sole,
    meetings
from cells
union all
select
    'register' as regime,
    month,
    municipality_code,
    target_group,
    mode,
    register_reason as reason,
    register_sole as sole,
    meetings
from cells
union all
select
    'duty' as regime,
    month,
    municipality_code,
    target_group,
    mode,
    duty_reason as reason,
    duty_sole as sole,
    meetings
from cells
union all
select
    'supervision' as regime,
    month,
    municipality_code,
    target_group,
    mode,
    supervision_reason as reason,
    supervision_sole as sole,
    meetings
from cells
