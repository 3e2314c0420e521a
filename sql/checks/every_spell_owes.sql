-- table: requirements
-- da: Hvert forløb har netop de krav, loven stillede på dets første dag.
-- en: Every spell has exactly the requirements of the law in force on its first day.
with asked as (
    select
        s.municipality_code,
        l.rule as requirement_id,
        l.rule_version,
        count(*) as spells
    from next.spells as s
    inner join next.law as l
        on
            s.started_on >= l.valid_from
            and s.started_on < coalesce(l.valid_to, date 'infinity')
    where
        l.family = 'requirement'
        and list_contains(cast(json_extract(l.value, '$.groups') as varchar[]), s.target_group)
    group by s.municipality_code, l.rule, l.rule_version
),

owed as (
    select
        municipality_code,
        requirement_id,
        rule_version,
        count(*) as spells
    from next.requirements
    group by municipality_code, requirement_id, rule_version
)

select
    coalesce(a.municipality_code, o.municipality_code) as municipality_code,
    coalesce(a.requirement_id, o.requirement_id) as requirement_id
from asked as a
full join owed as o
    on
        a.municipality_code = o.municipality_code
        and a.requirement_id = o.requirement_id
        and a.rule_version = o.rule_version
where coalesce(a.spells, 0) != coalesce(o.spells, 0)
