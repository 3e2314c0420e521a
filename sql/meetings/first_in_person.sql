-- grain: a spell in which a meeting was held in person
-- inputs: classified, law_by_day, law_accepted_types
-- provisions: counting.md 5 rule 6, last row of the table (recognised or not)
-- row: when the first one started
select
    c.municipality_code,
    c.spell_id,
    min(c.started_at) as first_in_person_at
from classified as c
inner join law_by_day as d on c.held_on = d.held_on
inner join law_accepted_types as t
    on
        d.types_version = t.rule_version
        and c.target_group = t.target_group
        and c.meeting_type = t.meeting_type
where c.status = 'held' and c.mode = 'in_person' and c.spell_id is not null
group by c.municipality_code, c.spell_id
