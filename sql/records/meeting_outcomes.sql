-- grain: a delivered file of meetings
-- inputs: lake_meetings, meeting_versions
-- provisions: counting.md 1 (accepted, superseded, withdrawn)
-- row: how many of its rows ended in each outcome; a meeting's only row is accepted
with usable as (
    select
        delivery_key,
        count(*) as rows_usable
    from lake_meetings
    group by delivery_key
),

replaced as (
    select
        delivery_key,
        count(*) filter (where outcome = 'superseded') as rows_superseded,
        count(*) filter (where outcome = 'withdrawn') as rows_withdrawn
    from meeting_versions
    group by delivery_key
)

select
    u.delivery_key,
    u.rows_usable
    - coalesce(r.rows_superseded, 0)
    - coalesce(r.rows_withdrawn, 0) as rows_accepted,
    coalesce(r.rows_superseded, 0) as rows_superseded,
    coalesce(r.rows_withdrawn, 0) as rows_withdrawn
from usable as u
left join replaced as r on u.delivery_key = r.delivery_key
