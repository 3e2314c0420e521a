-- table: counts
-- da: Medregnet i hver måned og kommune er samtalerne uden fejlede regler.
-- en: Recognised in each month and municipality is the meetings without a failed rule.
with evaluated as (
    select
        e.regime,
        date_trunc('month', m.held_on) as month,
        e.municipality_code,
        count(*) filter (where e.recognised) as recognised
    from next.evaluations as e
    inner join next.meetings as m
        on e.municipality_code = m.municipality_code and e.meeting_id = m.meeting_id
    group by all
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
