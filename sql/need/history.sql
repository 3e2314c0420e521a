-- grain: this publication
-- inputs: next.meetings, next.publication
-- provisions: none
-- row: the first week that the deliveries cover, where it holds at least a tenth of the meetings
--      of a middling week (a single meeting of an odd date begins no history), and the last week
--      that is over on as_of. A week is its number of Mondays since that of 5 January 1970
with weeks as (
    select
        datediff('week', date '1970-01-05', held_on) as week,
        count(*) as meetings
    from next.meetings
    where status = 'held'
    group by all
),

usual as (
    select median(meetings) as meetings from weeks
),

begun as (
    select min(w.week) as first_week
    from weeks as w
    cross join usual as u
    where w.meetings >= u.meetings / 10
)

select
    b.first_week,
    datediff('week', date '1970-01-05', p.as_of + 1) - 1 as last_week
from begun as b
cross join next.publication as p
where b.first_week is not null
