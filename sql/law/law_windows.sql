-- grain: a version of a requirement or of a supervision threshold, and a target group
-- inputs: law_in_force, target_groups
-- provisions: counting.md 6 (nominal windows)
-- row: where the window lies from the start of a spell of the group; a requirement holds for
--      spells that start from valid_from on and before valid_to, a threshold whenever they start
with versions as (
    select
        rule,
        rule_version,
        family,
        valid_from,
        valid_to,
        value
    from law_in_force
    where family in ('requirement', 'supervision_threshold')
),

windows as (
    select
        rule,
        rule_version,
        family,
        case
            when family = 'requirement' then valid_from else date '0001-01-01'
        end as starts_from,
        case
            when family = 'requirement' then valid_to else date 'infinity'
        end as starts_before,
        coalesce(json_extract_string(value, '$.window_unit'), 'months') as window_unit,
        coalesce(cast(json_extract(value, '$.window_from') as integer), 0) as window_from,
        coalesce(
            cast(json_extract(value, '$.window_to') as integer),
            cast(json_extract(value, '$.window_months') as integer)
        ) as window_to,
        cast(json_extract(value, '$.groups') as varchar[]) as target_groups
    from versions
)

select
    w.rule,
    w.rule_version,
    w.family,
    g.target_group,
    w.starts_from,
    w.starts_before,
    w.window_unit,
    w.window_from,
    w.window_to
from windows as w
inner join target_groups as g
    on
        g.target_group != 'none'
        and coalesce(list_contains(w.target_groups, g.target_group), true)
