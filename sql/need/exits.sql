-- grain: a target group, a week of starting and a week of ending
-- inputs: next.spells
-- provisions: none
-- row: the spells of the country that started and ended then; the end of those that run is null
select
    target_group,
    datediff('week', date '1970-01-05', started_on) as started,
    datediff('week', date '1970-01-05', ended_on) as ended,
    count(*) as spells
from next.spells
where ended_on is null or datediff('week', date '1970-01-05', ended_on) >= $first_week
group by all
