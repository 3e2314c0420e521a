-- grain: a municipality, target group and requirement
-- inputs: next.compliance, law_requirements, night
-- provisions: counting.md 6 (met_share; the share asked for by the law where it asks for one)
-- row: fewer than the line were met in time in the latest full month
with latest as (
    select cast(date_trunc('month', as_of + 1) - interval 1 month as date) as month
    from night
),

owed_by_municipality as (
    select distinct requirement_id
    from law_requirements
    where actor = 'municipality'
)

select
    c.municipality_code,
    c.target_group,
    c.requirement_id as subject,
    c.month as period,
    c.met_share as value,
    coalesce(c.required_share, cast($line as double)) as threshold,
    c.due - c.met as cases
from next.compliance as c
inner join latest as l on c.month = l.month
inner join owed_by_municipality as o on c.requirement_id = o.requirement_id
where
    c.due >= cast($least as integer)
    and c.met_share < coalesce(c.required_share, cast($line as double))
