-- grain: a meeting of which several versions were delivered
-- inputs: lake_meetings, register, turn
-- provisions: counting.md 1 (the later version: delivery date, file name, row)
-- row: the latest version, and whether it withdraws the meeting
with versions as (
    select
        m.municipality_code,
        m.meeting_id,
        (r.delivery_no << 32) + m.source_row as version_no,
        m.status = 'withdrawn' as withdrawn
    from lake_meetings as m
    inner join turn as t on m.municipality_code = t.municipality_code
    inner join register as r on m.delivery_key = r.delivery_key and r.status = 'accepted'
)

select
    municipality_code,
    meeting_id,
    max(version_no) as version_no,
    arg_max(withdrawn, version_no) as withdrawn
from versions
group by municipality_code, meeting_id
having count(*) > 1
