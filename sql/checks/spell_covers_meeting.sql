-- table: meetings
-- da: En samtales forløb findes hos samme kommune og borger og dækker dagen.
-- en: A meeting's spell stands in the same municipality, is the citizen's, and covers the day.
select
    m.municipality_code,
    m.meeting_id
from next.meetings as m
left join next.spells as s
    on m.municipality_code = s.municipality_code and m.spell_id = s.spell_id
where
    (m.spell_id is null) != (m.target_group = 'none')
    or (
        m.spell_id is not null
        and not coalesce(
            s.citizen_key = m.citizen_key
            and s.target_group = m.target_group
            and m.held_on between s.started_on and coalesce(s.ended_on, date 'infinity'),
            false
        )
    )
