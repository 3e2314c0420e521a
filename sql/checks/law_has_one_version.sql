-- table: law
-- da: For hver regel gælder højst én udgave på samme dag og med samme viden.
-- en: At most one version of a rule holds on one day with one state of knowledge.
select
    a.rule_version,
    b.rule_version as other_version
from next.law as a
inner join next.law as b
    on
        a.rule = b.rule
        and a.rule_version < b.rule_version
        and a.valid_from < coalesce(b.valid_to, date 'infinity')
        and b.valid_from < coalesce(a.valid_to, date 'infinity')
where
    a.family != 'month_left_out'
    or (
        a.known_from < coalesce(b.known_to, date 'infinity')
        and b.known_from < coalesce(a.known_to, date 'infinity')
    )
