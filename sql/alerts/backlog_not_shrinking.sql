-- grain: a municipality and target group
-- inputs: next.requirements, next.spells, law_catch_up, night
-- provisions: order of 12 June 2020 (carried, caught_up); counting.md 6
-- row: what the closure left to be caught up is no less than some weeks ago
with days as (
    select
        as_of,
        as_of - cast($days as integer) as day_then
    from night
),

backlog as (
    select
        q.municipality_code,
        q.target_group,
        count(*) filter (where q.status = 'carried') as owed_now,
        count(*) filter (
            where
            q.status = 'carried'
            or (q.status = 'caught_up' and q.met_on > d.day_then)
            or (q.status = 'lapsed' and s.ended_on > d.day_then)
        ) as owed_then
    from next.requirements as q
    cross join days as d
    inner join law_catch_up as c
        on
            q.target_group = c.target_group
            and q.due_on >= c.valid_from
            and q.due_on < c.valid_to
    inner join next.spells as s
        on q.municipality_code = s.municipality_code and q.spell_id = s.spell_id
    where q.due_on <= d.day_then
    group by q.municipality_code, q.target_group
)

select
    municipality_code,
    target_group,
    cast(null as varchar) as subject,
    cast(null as date) as period,
    cast(owed_now as double) as value,
    cast(owed_then as double) as threshold,
    owed_now as cases
from backlog
where owed_now >= cast($least as integer) and owed_now >= owed_then
