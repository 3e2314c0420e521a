-- table: evaluations
-- da: Hver afholdt samtale står én gang i hvert regelsæt, medregnet når ingen regel fejler.
-- en: Every held meeting stands once in each regime, recognised where no rule of it fails.
with evaluated as (
    select
        regime,
        count(*) as meetings,
        count(*) filter (where recognised) as recognised
    from next.evaluations
    group by regime
),

held as (
    select
        count(*) as meetings,
        count(*) filter (where len(failed_register) = 0) as register,
        count(*) filter (where len(failed_rules) = 0) as duty,
        count(*) filter (where len(failed_supervision) = 0) as supervision
    from next.meetings
    where status = 'held'
),

expected as (
    select
        unnest(['held', 'register', 'duty', 'supervision']) as regime,
        meetings,
        unnest([meetings, register, duty, supervision]) as recognised
    from held
)

select
    x.regime,
    e.regime as evaluated_regime
from expected as x
full join evaluated as e on x.regime = e.regime
where
    coalesce(x.meetings, 0) != coalesce(e.meetings, 0)
    or coalesce(x.recognised, 0) != coalesce(e.recognised, 0)
