-- grain: a current absence
-- inputs: absence_versions
-- provisions: counting.md 1
-- row: the latest version of an absence that is not withdrawn
select
    municipality_code,
    citizen_key,
    absence_type,
    started_on,
    ended_on,
    delivery_id,
    source_row
from absence_versions
where outcome = 'accepted'
order by municipality_code, citizen_key, absence_type, started_on
