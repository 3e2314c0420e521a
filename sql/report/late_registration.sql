-- grain: a month and a band of days
-- inputs: next.meetings
-- provisions: none; late registration moves the figures of months that are over
-- row: the meetings held in the month that were registered so many days after; before the meeting
--      counts as the same day
with lags as (
    select
        date_trunc('month', held_on) as month,
        cast(registered_at as date) - held_on as days
    from next.meetings
    where status = 'held'
)

select
    cast(month as date) as month,
    case
        when days is null then 'unknown'
        when days <= 0 then '0'
        when days <= 7 then '1-7'
        when days <= 35 then '8-35'
        when days <= 210 then '36-210'
        else '211+'
    end as band,
    count(*) as meetings
from lags
group by all
