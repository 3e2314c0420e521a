-- grain: a source system and what it no longer tells
-- inputs: systems_at_fault
-- provisions: interface.md 2; counting.md 2
-- row: one message to the owner of the system instead of one to each municipality
select
    cast(null as varchar) as municipality_code,
    cast(null as varchar) as target_group,
    source_system || ': ' || field as subject,
    cast(null as date) as period,
    share_now as value,
    share_before as threshold,
    lacking as cases
from systems_at_fault
