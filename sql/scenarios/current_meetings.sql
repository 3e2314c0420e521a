-- grain: a current meeting
-- inputs: base.meetings, judged_days
-- provisions: counting.md 1 (as the publication recorded it)
-- row: a meeting of the days whose law may differ, as the rules read it; form and remark_mode
--      stand for what was read of them
select
    m.municipality_code,
    m.meeting_id,
    m.citizen_key,
    m.held_on,
    m.started_at,
    m.meeting_type,
    m.mode as form,
    concat(m.mode_evidence, ' ', m.mode_conflict) as remark_mode,
    m.status,
    m.actor,
    m.registered_at,
    m.summoned_on,
    m.source_system,
    m.delivery_id,
    m.rowid as delivery_key,
    m.source_row
from base.meetings as m
cross join judged_days as d
where m.held_on between d.first_day and d.last_day
