-- grain: a month from that of the first held meeting to that of as_of
-- inputs: next.meetings, next.publication
-- provisions: none; the months the report shows
-- row: its first day and its last, or as_of where it is not over
with ends as (
    select
        date_trunc('month', min(m.held_on)) as first_month,
        any_value(p.as_of) as as_of
    from next.meetings as m
    cross join next.publication as p
    where m.status = 'held'
),

months as (
    select
        cast(unnest(generate_series(first_month, as_of, interval 1 month)) as date) as month,
        as_of
    from ends
)

select
    month,
    least(last_day(month), as_of) as last_day
from months
