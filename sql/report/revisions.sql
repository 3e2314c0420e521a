-- grain: a month that was published soon after it ended, and again later
-- inputs: next.revisions
-- provisions: none
-- row: its first figures, counted within so many days of its end, and those of today
with after_end as (
    select
        month,
        number,
        as_of,
        held,
        recognised_duty,
        row_number() over (partition by month order by number asc) as from_first,
        row_number() over (partition by month order by number desc) as from_last
    from next.revisions
    where as_of > last_day(month)
)

select
    f.month,
    f.as_of as first_as_of,
    l.as_of as last_as_of,
    l.from_first as publications,
    f.held as first_held,
    l.held as last_held,
    f.recognised_duty as first_recognised,
    l.recognised_duty as last_recognised
from after_end as f
inner join after_end as l on f.month = l.month
where
    f.from_first = 1
    and l.from_last = 1
    and l.number > f.number
    and f.as_of <= last_day(f.month) + cast($soon as integer)
