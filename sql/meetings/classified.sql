-- grain: a current meeting
-- inputs: lake_meetings, register, turn, repeated_meetings, modes, spell_days
-- provisions: counting.md 1 (latest version), 2 (mode), 4 (spell)
-- row: the meeting with its mode, what decided the mode, and the spell it belongs to
select
    m.municipality_code,
    m.meeting_id,
    m.citizen_key,
    s.spell_id,
    coalesce(s.target_group, 'none') as target_group,
    s.started_on as spell_started_on,
    s.municipality_from,
    s.actor_version,
    cast(m.started_at as date) as held_on,
    m.started_at,
    m.meeting_type,
    w.mode,
    w.mode_evidence,
    w.mode_conflict,
    m.form,
    w.unmatched as form_unmatched,
    m.status,
    m.actor,
    m.actor_word,
    m.registered_at,
    m.summoned_on,
    r.delivery_id,
    m.source_row
from lake_meetings as m
inner join turn as t on m.municipality_code = t.municipality_code
inner join register as r on m.delivery_key = r.delivery_key and r.status = 'accepted'
inner join modes as w
    on
        coalesce(m.form, '') = w.form
        and coalesce(m.remark_mode, '') = w.remark_mode
left join repeated_meetings as l
    on m.municipality_code = l.municipality_code and m.meeting_id = l.meeting_id
left join spell_days as s
    on
        m.municipality_code = s.municipality_code
        and m.citizen_key = s.citizen_key
        and cast(m.started_at as date) between s.first_day and s.last_day
where
    coalesce(l.version_no, (r.delivery_no << 32) + m.source_row)
    = (r.delivery_no << 32) + m.source_row
    and not coalesce(l.withdrawn, m.status = 'withdrawn')
