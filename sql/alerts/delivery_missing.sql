-- grain: a municipality
-- inputs: next.municipalities, next.deliveries
-- provisions: counting.md 1 (a missing delivery is a row too: never a zero)
-- row: no delivery of the municipality could be read so far
select
    p.municipality_code,
    cast(null as varchar) as target_group,
    cast(null as varchar) as subject,
    cast(null as date) as period,
    cast(0 as double) as value,
    cast($least as double) as threshold,
    count(d.file) as cases
from next.municipalities as p
left join next.deliveries as d on p.municipality_code = d.municipality_code
group by p.municipality_code
having count(*) filter (where d.status = 'accepted') < cast($least as integer)
