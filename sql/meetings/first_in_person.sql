-- grain: a spell in which a meeting was held in person
-- inputs: current_meetings, modes, spell_days, law_by_day, law_accepted_types
-- provisions: counting.md 5 rule 6, last row of the table (recognised or not)
-- row: when the first one started
select
    s.municipality_code,
    s.spell_id,
    min(c.started_at) as first_in_person_at
from current_meetings as c
inner join modes as w on c.form = w.form and c.remark_mode = w.remark_mode
inner join spell_days as s
    on
        c.municipality_code = s.municipality_code
        and c.citizen_key = s.citizen_key
        and c.held_on between s.first_day and s.last_day
inner join law_by_day as d on c.held_on = d.held_on
inner join law_accepted_types as t
    on
        d.types_version = t.rule_version
        and s.target_group = t.target_group
        and c.meeting_type = t.meeting_type
where c.status = 'held' and w.mode = 'in_person'
group by s.municipality_code, s.spell_id
