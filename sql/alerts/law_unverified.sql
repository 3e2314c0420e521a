-- grain: a version of a rule
-- inputs: next.law, night
-- provisions: docs/law.md (verified_on)
-- row: a version in force has not been held against its source for too long
select
    cast(null as varchar) as municipality_code,
    cast(null as varchar) as target_group,
    l.rule_version as subject,
    cast(null as date) as period,
    cast(n.as_of - l.verified_on as double) as value,
    cast($days as double) as threshold,
    n.as_of - l.verified_on as cases
from next.law as l
cross join night as n
where
    l.valid_from <= n.as_of
    and (l.valid_to is null or l.valid_to > n.as_of)
    and l.verified_on + cast($days as integer) < n.as_of
