-- grain: a current meeting
-- inputs: lake_meetings, register, meeting_versions
-- provisions: counting.md 1 (the latest version, not withdrawn)
-- row: the meeting as delivered
select
    m.municipality_code,
    m.meeting_id,
    m.citizen_key,
    cast(m.started_at as date) as held_on,
    m.started_at,
    m.meeting_type,
    coalesce(m.form, '') as form,
    coalesce(m.remark_mode, '') as remark_mode,
    m.status,
    m.actor,
    m.actor_word,
    m.registered_at,
    m.summoned_on,
    m.source_system,
    r.delivery_id,
    m.delivery_key,
    m.source_row
from lake_meetings as m
inner join register as r on m.delivery_key = r.delivery_key and r.status = 'accepted'
left join meeting_versions as v
    on m.delivery_key = v.delivery_key and m.source_row = v.source_row
where coalesce(v.outcome, 'accepted') = 'accepted'
