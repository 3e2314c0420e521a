-- grain: a municipality
-- inputs: next.requirements, delivered_through
-- provisions: counting.md 6 (missed)
-- row: requirements of the municipality that were missed, with a deadline since its delivery
--      before, or in a week where it delivers more often; some days are left for late registration
with windows as (
    select
        municipality_code,
        least(coalesce(before_on, through_on), through_on - cast($days as integer))
        - cast($settled_days as integer) + 1 as first_day,
        through_on - cast($settled_days as integer) as last_day
    from delivered_through
)

select
    q.municipality_code,
    cast(null as varchar) as target_group,
    cast(null as varchar) as subject,
    w.first_day as period,
    cast(count(*) as double) as value,
    cast($least as double) as threshold,
    count(*) as cases
from next.requirements as q
inner join windows as w
    on
        q.municipality_code = w.municipality_code
        and q.due_on between w.first_day and w.last_day
where q.status = 'missed' and q.actor = 'municipality'
group by q.municipality_code, w.first_day
having count(*) >= cast($least as integer)
