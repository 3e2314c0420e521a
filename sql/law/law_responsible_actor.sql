-- grain: a version of the rule of who must hold the meetings, by the day the spell starts
-- inputs: law_in_force
-- provisions: counting.md 5 rule 3
-- row: the groups the a-kasse has for the first months; the actor has the rest
select
    rule_version,
    valid_from,
    valid_to,
    json_extract_string(value, '$.actor') as actor,
    coalesce(
        cast(json_extract(value, '$.a_kasse_groups') as varchar[]), cast([] as varchar[])
    ) as a_kasse_groups,
    coalesce(cast(json_extract(value, '$.a_kasse_months') as integer), 0) as a_kasse_months
from law_in_force
where family = 'responsible_actor'
