-- grain: a held meeting that another one precedes
-- inputs: current_meetings
-- provisions: counting.md 5 rule 7 (same citizen, municipality, type and minute)
-- row: the meeting is a duplicate: another was registered earlier, or has the smaller id.
--      Few meetings are, so a hash tells cheaply where to look.
with crowded as (
    select hash(municipality_code, citizen_key, meeting_type, started_at) as slot_hash
    from current_meetings
    where status = 'held' and citizen_key is not null
    group by slot_hash
    having count(*) > 1
),

places as (
    select
        c.delivery_key,
        c.source_row,
        row_number() over (
            partition by c.municipality_code, c.citizen_key, c.meeting_type, c.started_at
            order by c.registered_at nulls last, c.meeting_id
        ) as place
    from current_meetings as c
    inner join crowded as d
        on hash(c.municipality_code, c.citizen_key, c.meeting_type, c.started_at) = d.slot_hash
    where c.status = 'held' and c.citizen_key is not null
)

select
    delivery_key,
    source_row
from places
where place > 1
