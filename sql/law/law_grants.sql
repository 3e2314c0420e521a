-- grain: a version of the rule of accepted modes, a mode, a region and a target group
-- inputs: law_in_force, next.municipalities, target_groups
-- provisions: counting.md 5 rule 6
-- row: when the mode is accepted: always, or from a month of the spell, or where the citizen was
--      summoned before a day, or once a meeting was held in person (any of them is enough)
with versions as (
    select
        rule_version,
        unnest(cast(json_extract(value, '$.grants') as json[])) as grant_value
    from law_in_force
    where family = 'accepted_modes'
),

grants as (
    select
        rule_version,
        unnest(cast(json_extract(grant_value, '$.modes') as varchar[])) as mode,
        cast(json_extract(grant_value, '$.groups') as varchar[]) as target_groups,
        cast(json_extract(grant_value, '$.regions') as varchar[]) as regions,
        cast(json_extract(grant_value, '$.months_from') as integer) as months_from,
        cast(json_extract_string(grant_value, '$.summoned_before') as date) as summoned_before,
        coalesce(
            cast(json_extract(grant_value, '$.after_in_person') as boolean), false
        ) as after_in_person
    from versions
),

places as (
    select distinct region_code
    from next.municipalities
)

select
    g.rule_version,
    g.mode,
    p.region_code,
    t.target_group,
    bool_or(
        g.months_from is null and g.summoned_before is null and not g.after_in_person
    ) as always,
    min(g.months_from) as months_from,
    max(g.summoned_before) as summoned_before,
    bool_or(g.after_in_person) as after_in_person
from grants as g
inner join places as p
    on coalesce(list_contains(g.regions, p.region_code), true)
inner join target_groups as t
    on coalesce(list_contains(g.target_groups, t.target_group), true)
group by g.rule_version, g.mode, p.region_code, t.target_group
