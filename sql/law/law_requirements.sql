-- grain: a version of a requirement
-- inputs: law_in_force
-- provisions: counting.md 6
-- row: how many meetings are owed and by whom; required_share is null where every spell must be met
select
    rule as requirement_id,
    rule_version,
    json_extract_string(value, '$.actor') as actor,
    cast(json_extract(value, '$.required') as integer) as required,
    cast(json_extract(value, '$.share') as double) as required_share
from law_in_force
where family = 'requirement'
