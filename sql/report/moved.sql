-- grain: a cause
-- inputs: next.changes
-- provisions: counting.md 7
-- row: how much held and recognised (the duty, the whole country) moved for this cause since the
--      publication before; new rows are new meetings, or late registrations where the meeting was
--      held before the reporting day of that publication
with parts as (
    select
        case when cause = 'new_rows' then 'new_meetings' else cause end as cause,
        held - held_late as held,
        recognised - recognised_late as recognised
    from next.changes
    where regime = 'duty'
    union all
    select
        'late' as cause,
        held_late as held,
        recognised_late as recognised
    from next.changes
    where regime = 'duty'
)

select
    cause,
    cast(sum(held) as bigint) as held,
    cast(sum(recognised) as bigint) as recognised
from parts
group by cause
