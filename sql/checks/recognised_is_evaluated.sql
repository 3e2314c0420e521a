-- table: counts
-- da: Medregnet i hver måned og kommune er samtalerne uden fejlede regler.
-- en: Recognised in each month and municipality is the meetings without a failed rule.
with held as (
    select
        date_trunc('month', held_on) as month,
        municipality_code,
        count(*) as held,
        count(*) filter (where len(failed_register) = 0) as register,
        count(*) filter (where len(failed_rules) = 0) as duty,
        count(*) filter (where len(failed_supervision) = 0) as supervision
    from next.meetings
    where status = 'held'
    group by date_trunc('month', held_on), municipality_code
),

evaluated as (
    select
        month,
        municipality_code,
        unnest(['held', 'register', 'duty', 'supervision']) as regime,
        unnest([held, register, duty, supervision]) as recognised
    from held
),

counted as (
    select
        regime,
        month,
        municipality_code,
        sum(recognised) as recognised
    from next.counts
    group by regime, month, municipality_code
)

select
    e.regime,
    e.month,
    e.municipality_code
from evaluated as e
full join counted as c
    on
        e.regime = c.regime
        and e.month = c.month
        and e.municipality_code = c.municipality_code
where e.recognised is distinct from c.recognised
