-- grain: an ISO week, named by its Monday
-- inputs: next.meetings
-- provisions: counting.md 3 and 5
-- row: meetings held and recognised in the whole country, and the fewest persons behind held,
--      recognised and the gap between them, of those that are not nothing
with weeks as (
    select
        date_trunc('week', held_on) as week,
        coalesce(citizen_key, municipality_code || '/' || meeting_id) as person,
        count(*) as held,
        count(*) filter (where recognised) as recognised
    from next.meetings
    where status = 'held'
    group by all
)

select
    cast(week as date) as week,
    cast(sum(held) as bigint) as held,
    cast(sum(recognised) as bigint) as recognised,
    least(
        count(*),
        nullif(count(*) filter (where recognised > 0), 0),
        nullif(count(*) filter (where held > recognised), 0)
    ) as fewest_persons
from weeks
group by week
