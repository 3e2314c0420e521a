-- grain: a version of the catch-up and a target group
-- inputs: law_in_force
-- provisions: order of 12 June 2020; counting.md 6 (caught_up, carried)
-- row: what falls due unmet on these days is still owed to spells of the group
select
    rule_version,
    valid_from,
    valid_to,
    unnest(cast(json_extract(value, '$.groups') as varchar[])) as target_group
from law_in_force
where family = 'catch_up'
