-- grain: a municipality and target group
-- inputs: next.requirements, night
-- provisions: counting.md 6 (missed)
-- row: requirements of the municipality that fell due in the last days and were missed
select
    q.municipality_code,
    q.target_group,
    cast(null as varchar) as subject,
    cast(null as date) as period,
    cast(count(*) as double) as value,
    cast($least as double) as threshold,
    count(*) as cases
from next.requirements as q
cross join night as n
where
    q.status = 'missed'
    and q.actor = 'municipality'
    and q.due_on >= n.as_of - cast($days as integer)
    and q.due_on < n.as_of
group by q.municipality_code, q.target_group
having count(*) >= cast($least as integer)
