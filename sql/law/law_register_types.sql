-- grain: a version of the rule and a type the register's measure counts
-- inputs: law_in_force
-- provisions: counting.md 5, regime register
-- row: meetings of the type are in the measure
select
    rule_version,
    unnest(cast(json_extract(value, '$.types') as varchar[])) as meeting_type
from law_in_force
where family = 'register_types'
