-- da: Hver regel for sig: hvor mange samtaler den rammer, alene og sammen med andre. only_reason
--     er dem, der ville blive medregnet, hvis den ene regel faldt bort.
-- en: Each rule by itself: how many meetings fail it, alone and together with others. only_reason
--     are those that would be recognised if that one rule fell away.
-- columns: rule, not_met, first_reason, only_reason, shared, most_often_with
-- parameters: regime=duty, municipality=, month=
with failures as (
    select
        case $regime
            when 'duty' then failed_rules
            when 'register' then failed_register
            when 'supervision' then failed_supervision
        end as failed_rules,
        count(*) as meetings
    from meetings
    where
        status = 'held'
        and ($municipality is null or municipality_code = $municipality)
        and ($month is null or date_trunc('month', held_on) = cast($month as date))
    group by all
),

rules as (
    select
        unnest(failed_rules) as rule,
        failed_rules,
        meetings
    from failures
)

select
    rule,
    sum(meetings) as not_met,
    coalesce(sum(meetings) filter (where rule = failed_rules[1]), 0) as first_reason,
    coalesce(sum(meetings) filter (where len(failed_rules) = 1), 0) as only_reason,
    coalesce(sum(meetings) filter (where len(failed_rules) > 1), 0) as shared,
    arg_max(array_to_string(list_filter(failed_rules, lambda r: r != rule), ' '), meetings) filter (
        where len(failed_rules) > 1
    ) as most_often_with
from rules
group by rule
order by not_met desc, rule asc
