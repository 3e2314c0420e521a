-- grain: a municipality, target group and requirement; all groups together where the law asks the
--        municipality for a share
-- inputs: next.compliance, law_requirements, delivered_through
-- provisions: counting.md 6 (met_share; the 75 % kind is judged on the municipality)
-- row: fewer than the line were met in time in the latest settled month
with settled_months as (
    select
        municipality_code,
        cast(
            date_trunc('month', through_on - cast($settled_days as integer) + 1)
            - interval 1 month as date
        ) as month
    from delivered_through
),

owed_by_municipality as (
    select distinct requirement_id
    from law_requirements
    where actor = 'municipality'
),

settled as (
    select
        c.municipality_code,
        c.target_group,
        c.requirement_id,
        c.month,
        c.due,
        c.met,
        c.met_share,
        c.required_share,
        c.municipality_met_share
    from next.compliance as c
    inner join settled_months as s
        on c.municipality_code = s.municipality_code and c.month = s.month
    inner join owed_by_municipality as o on c.requirement_id = o.requirement_id
),

judged as (
    select
        municipality_code,
        target_group,
        requirement_id as subject,
        month as period,
        met_share as value,
        cast($line as double) as threshold,
        due,
        due - met as cases
    from settled
    where required_share is null
    union all
    select
        municipality_code,
        cast(null as varchar) as target_group,
        requirement_id as subject,
        month as period,
        any_value(municipality_met_share) as value,
        any_value(required_share) as threshold,
        sum(due) as due,
        sum(due - met) as cases
    from settled
    where required_share is not null
    group by municipality_code, requirement_id, month
)

select
    municipality_code,
    target_group,
    subject,
    period,
    value,
    threshold,
    cast(cases as bigint) as cases
from judged
where value < threshold and due >= cast($least as integer)
