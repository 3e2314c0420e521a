-- grain: a delivered file of meetings
-- inputs: lake_meetings, register, turn, repeated_meetings
-- provisions: counting.md 1 (accepted, superseded, withdrawn)
-- row: how many of its rows ended in each outcome
with outcomes as (
    select
        m.delivery_key,
        case
            when coalesce(l.withdrawn, m.status = 'withdrawn') then 'withdrawn'
            when l.version_no != (r.delivery_no << 32) + m.source_row then 'superseded'
            else 'accepted'
        end as outcome
    from lake_meetings as m
    inner join turn as t on m.municipality_code = t.municipality_code
    inner join register as r on m.delivery_key = r.delivery_key and r.status = 'accepted'
    left join repeated_meetings as l
        on m.municipality_code = l.municipality_code and m.meeting_id = l.meeting_id
)

select
    delivery_key,
    count(*) filter (where outcome = 'accepted') as rows_accepted,
    count(*) filter (where outcome = 'superseded') as rows_superseded,
    count(*) filter (where outcome = 'withdrawn') as rows_withdrawn
from outcomes
group by delivery_key
