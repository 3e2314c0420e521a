-- grain: a version of the supervision threshold
-- inputs: law_in_force
-- provisions: counting.md 6 (supervision threshold)
-- row: when a month is below the line, and after how many such months contact is expected
select
    rule_version,
    valid_from,
    valid_to,
    cast(json_extract(value, '$.meetings') as integer) as meetings,
    cast(json_extract(value, '$.share') as double) as least_share,
    cast(json_extract(value, '$.least_spells') as integer) as least_spells,
    cast(json_extract(value, '$.months_in_a_row') as integer) as months_in_a_row
from law_in_force
where family = 'supervision_threshold'
