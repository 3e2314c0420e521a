-- grain: a version of a rule that stops the clock, a target group, and an absence type or none
-- inputs: law_in_force, target_groups
-- provisions: counting.md 6 (paused days)
-- row: the days stop the clock of the group; where an absence type stands, only the days of such
--      an absence do
with versions as (
    select
        rule_version,
        valid_from,
        valid_to,
        cast(json_extract(value, '$.groups') as varchar[]) as target_groups,
        cast(json_extract(value, '$.absence_types') as varchar[]) as absence_types
    from law_in_force
    where family = 'clock_pause' and json_contains(value, '{"paused": true}')
)

select
    v.rule_version,
    v.valid_from as first_day,
    v.valid_to - 1 as last_day,
    g.target_group,
    unnest(case when len(v.absence_types) = 0 then [null] else v.absence_types end) as absence_type
from versions as v
inner join target_groups as g
    on
        g.target_group != 'none'
        and coalesce(list_contains(v.target_groups, g.target_group), true)
