-- grain: this publication
-- inputs: next.meetings, next.publication
-- provisions: none
-- row: the first week that the deliveries cover and the last that is over on as_of. History begins
--      after the last eight weeks in a row with less than a tenth of a middling week's meetings: a
--      few meetings of odd dates begin none. A week is its number of Mondays since 5 January 1970
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

covered as (
    select
        w.week,
        lag(w.week) over (order by w.week) as week_before
    from weeks as w
    cross join usual as u
    where w.meetings >= u.meetings / 10
),

begun as (
    select max(week) as first_week
    from covered
    where coalesce(week - week_before > 8, true)
)

select
    b.first_week,
    datediff('week', date '1970-01-05', p.as_of + 1) - 1 as last_week
from begun as b
cross join next.publication as p
where b.first_week is not null
