-- table: compliance
-- da: Forfaldne krav er summen af deres udfald, og netop de krav der er forfaldne.
-- en: Requirements due are the sum of what became of them, and exactly those that fell due.
with due as (
    select
        municipality_code,
        target_group,
        requirement_id,
        date_trunc('month', due_on) as month,
        count(*) filter (where status not in ('open', 'lapsed')) as requirements,
        count(*) filter (where status = 'met') as met
    from next.requirements
    group by municipality_code, target_group, requirement_id, date_trunc('month', due_on)
)

select
    coalesce(c.municipality_code, d.municipality_code) as municipality_code,
    coalesce(c.requirement_id, d.requirement_id) as requirement_id
from next.compliance as c
full join due as d
    on
        c.municipality_code = d.municipality_code
        and c.target_group = d.target_group
        and c.requirement_id = d.requirement_id
        and c.month = d.month
where
    coalesce(c.due, 0) != coalesce(d.requirements, 0)
    or coalesce(c.met, 0) != coalesce(d.met, 0)
    or c.due != c.met + c.missed + c.caught_up + c.carried
    or c.met_share != c.met / c.due
