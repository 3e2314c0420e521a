-- grain: a municipality
-- inputs: next.requirements, next.publication
-- provisions: counting.md 6 (due, met)
-- row: the requirements of its spells that fell due in the twelve months up to as_of, and those
--      met in time
select
    r.municipality_code,
    count(*) as due,
    count(*) filter (where r.status = 'met') as met
from next.requirements as r
cross join next.publication as p
where
    r.status in ('met', 'missed', 'caught_up', 'carried')
    and r.due_on > p.as_of - to_months(12)
    and r.due_on <= p.as_of
group by r.municipality_code
