-- grain: a version of the rule, a target group (none without a spell) and an accepted type
-- inputs: law_in_force
-- provisions: counting.md 5 rule 1
-- row: a meeting of the type can fulfil the duty towards the group
with groups as (
    select
        rule_version,
        value,
        unnest(json_keys(value, '$.types')) as target_group
    from law_in_force
    where family = 'accepted_types'
)

select
    rule_version,
    target_group,
    unnest(
        cast(json_extract(value, '$.types.' || target_group) as varchar[])
    ) as meeting_type
from groups
