-- grain: a held meeting that another one precedes
-- inputs: classified
-- provisions: counting.md 5 rule 7 (same citizen, municipality, type and minute)
-- row: the meeting is a duplicate: another was registered earlier, or has the smaller id
with crowded as (
    select
        municipality_code,
        citizen_key,
        meeting_type,
        started_at
    from classified
    where status = 'held' and citizen_key is not null
    group by municipality_code, citizen_key, meeting_type, started_at
    having count(*) > 1
),

places as (
    select
        c.municipality_code,
        c.meeting_id,
        row_number() over (
            partition by c.municipality_code, c.citizen_key, c.meeting_type, c.started_at
            order by c.registered_at nulls last, c.meeting_id
        ) as place
    from classified as c
    inner join crowded as d
        on
            c.municipality_code = d.municipality_code
            and c.citizen_key = d.citizen_key
            and c.meeting_type = d.meeting_type
            and c.started_at = d.started_at
    where c.status = 'held'
)

select
    municipality_code,
    meeting_id
from places
where place > 1
