-- grain: a municipality, target group, requirement and month of due_on
-- inputs: next.requirements, law_requirements
-- provisions: counting.md 6 (due, met_share; the 75 % kind is judged on the municipality)
-- row: how many requirements fell due and what became of them. The municipality's own share takes
--      all its groups together; is_fulfilled asks it to reach required_share, or all where none is
with cells as (
    select
        q.municipality_code,
        q.target_group,
        q.requirement_id,
        date_trunc('month', q.due_on) as month,
        count(*) as due,
        count(*) filter (where q.status = 'met') as met,
        count(*) filter (where q.status = 'missed') as missed,
        count(*) filter (where q.status = 'caught_up') as caught_up,
        count(*) filter (where q.status = 'carried') as carried,
        max(r.required_share) as required_share
    from next.requirements as q
    inner join law_requirements as r on q.rule_version = r.rule_version
    where q.status in ('met', 'missed', 'caught_up', 'carried')
    group by q.municipality_code, q.target_group, q.requirement_id, date_trunc('month', q.due_on)
),

municipal as (
    select
        municipality_code,
        requirement_id,
        month,
        sum(met) / sum(due) as municipality_met_share
    from cells
    group by municipality_code, requirement_id, month
)

select
    c.municipality_code,
    c.target_group,
    c.requirement_id,
    c.month,
    c.due,
    c.met,
    c.missed,
    c.caught_up,
    c.carried,
    c.met / c.due as met_share,
    c.required_share,
    m.municipality_met_share,
    m.municipality_met_share >= coalesce(c.required_share, 1) as is_fulfilled
from cells as c
inner join municipal as m
    on
        c.municipality_code = m.municipality_code
        and c.requirement_id = m.requirement_id
        and c.month = m.month
