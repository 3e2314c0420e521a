-- grain: a municipality, a target group and a week
-- inputs: next.spells
-- provisions: none
-- row: the spells that started in the week, from the week given on
select
    municipality_code as place,
    target_group,
    datediff('week', date '1970-01-05', started_on) as week,
    count(*) as spells
from next.spells
where datediff('week', date '1970-01-05', started_on) >= $first_week
group by all
