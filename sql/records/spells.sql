-- grain: a current spell
-- inputs: spell_versions
-- provisions: counting.md 1 and 4
-- row: the latest version of a spell that is not withdrawn
select
    municipality_code,
    spell_id,
    citizen_key,
    target_group,
    started_on,
    ended_on,
    delivery_id,
    source_row
from spell_versions
where outcome = 'accepted'
order by municipality_code, spell_id
