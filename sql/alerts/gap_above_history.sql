-- grain: a municipality
-- inputs: next.counts, systems_at_fault, night
-- provisions: counting.md 5 (gap, regime duty)
-- row: the part of the latest full month's held meetings that is not recognised lies above the
--      municipality's own months before, and no source system explains it
with latest as (
    select cast(date_trunc('month', as_of + 1) - interval 1 month as date) as month
    from night
),

months as (
    select
        c.municipality_code,
        c.month,
        sum(c.held) as held,
        sum(c.gap) as gap,
        sum(c.gap) / sum(c.held) as gap_share
    from next.counts as c
    cross join latest as l
    where
        c.regime = 'duty'
        and c.month >= l.month - to_months(cast($months as integer))
        and c.month <= l.month
    group by c.municipality_code, c.month
    having sum(c.held) >= cast($least as integer)
),

middles as (
    select
        m.municipality_code,
        median(m.gap_share) as middle,
        count(*) as months
    from months as m
    inner join latest as l on m.month < l.month
    group by m.municipality_code
),

lines as (
    select
        m.municipality_code,
        any_value(h.middle) + greatest(
            cast($least_points as double),
            cast($times as double) * median(abs(m.gap_share - h.middle))
        ) as threshold
    from months as m
    inner join latest as l on m.month < l.month
    inner join middles as h on m.municipality_code = h.municipality_code
    where h.months >= cast($least_months as integer)
    group by m.municipality_code
),

explained as (
    select distinct unnest(municipalities) as municipality_code
    from systems_at_fault
)

select
    m.municipality_code,
    cast(null as varchar) as target_group,
    cast(null as varchar) as subject,
    m.month as period,
    m.gap_share as value,
    h.threshold,
    cast(m.gap as bigint) as cases
from months as m
inner join latest as l on m.month = l.month
inner join lines as h on m.municipality_code = h.municipality_code
left join explained as e on m.municipality_code = e.municipality_code
where m.gap_share > h.threshold and e.municipality_code is null
