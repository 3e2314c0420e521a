-- table: evaluations
-- da: Hver afholdt samtale står netop én gang i hvert af de fire regelsæt.
-- en: Every held meeting stands exactly once in each of the four regimes.
with regimes as (
    select
        regime,
        count(*) as evaluated
    from next.evaluations
    group by regime
),

held as (
    select count(*) as meetings
    from next.meetings
    where status = 'held'
)

select
    r.regime,
    r.evaluated,
    h.meetings
from regimes as r
cross join held as h
where r.evaluated != h.meetings
union all
select
    'regelsæt mangler' as regime,
    count(r.regime) as evaluated,
    max(h.meetings) as meetings
from regimes as r
cross join held as h
having max(h.meetings) > 0 and count(r.regime) != 4
