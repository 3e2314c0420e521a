-- grain: a version of a rule that counts on the reporting day
-- inputs: next.law, night
-- provisions: counting.md 7 (guidance by what was known, law by the dates it holds for)
-- row: the version and the days it holds
select
    l.rule,
    l.rule_version,
    l.family,
    l.value,
    l.valid_from,
    coalesce(l.valid_to, date 'infinity') as valid_to
from next.law as l
cross join night as n
where
    l.family != 'month_left_out'
    or (n.as_of >= l.known_from and n.as_of < coalesce(l.known_to, date 'infinity'))
