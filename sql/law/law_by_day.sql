-- grain: a day on which a meeting starts
-- inputs: law_day_versions
-- provisions: counting.md 5
-- row: the versions in force that day, and what they say for every meeting alike
select
    held_on,
    max(rule_version) filter (where decided_by = 'accepted_types') as types_version,
    max(rule_version) filter (where decided_by = 'register_types') as register_types_version,
    max(rule_version) filter (where decided_by = 'accepted_modes') as modes_version,
    any_value(
        try_cast(json_extract(value, '$.left_out') as varchar[])
    ) filter (where decided_by = 'register_actor') as actors_left_out,
    bool_or(
        decided_by = 'accepted_modes' and json_contains(value, '{"needs_spell": true}')
    ) as needs_spell,
    any_value(
        flatten(cast(json_extract(value, '$.grants[*].modes') as varchar[][]))
    ) filter (where decided_by = 'accepted_modes') as modes_named,
    bool_or(
        decided_by = 'no_spell' and json_contains(value, '{"spell_required": true}')
    ) as spell_required,
    bool_or(
        decided_by = 'mode_unknown' and json_contains(value, '{"mode_required": true}')
    ) as mode_required,
    bool_or(
        decided_by = 'duplicate' and json_contains(value, '{"same_minute": true}')
    ) as same_minute,
    bool_or(
        decided_by = 'suspended' and json_contains(value, '{"suspended": true}')
    ) as suspended,
    bool_or(
        decided_by = 'month_left_out' and json_contains(value, '{"left_out": true}')
    ) as left_out
from law_day_versions
group by held_on
