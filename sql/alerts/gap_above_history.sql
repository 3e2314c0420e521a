-- grain: a municipality
-- inputs: next.counts, systems_at_fault, delivered_through
-- provisions: counting.md 5 (gap, regime duty)
-- row: the part of the latest settled month's held meetings that is not recognised lies above the
--      municipality's own months before, less what moved everywhere in the same month (a change of
--      law is no municipality's own doing), and no source system explains it
with settled_months as (
    select
        municipality_code,
        cast(
            date_trunc('month', through_on - cast($settled_days as integer) + 1)
            - interval 1 month as date
        ) as month
    from delivered_through
),

months as (
    select
        c.municipality_code,
        c.month,
        s.month as latest,
        sum(c.gap) as gap,
        sum(c.gap) / sum(c.held) as gap_share
    from next.counts as c
    inner join settled_months as s
        on
            c.municipality_code = s.municipality_code
            and c.month >= s.month - to_months(cast($months as integer))
            and c.month <= s.month
    where c.regime = 'duty'
    group by c.municipality_code, c.month, s.month
    having sum(c.held) >= cast($least as integer)
),

levels as (
    select
        municipality_code,
        median(gap_share) as own_level
    from months
    group by municipality_code
),

shifts as (
    select
        m.month,
        case
            when count(*) >= cast($least_municipalities as integer)
                then median(m.gap_share - v.own_level)
            else 0
        end as shift
    from months as m
    inner join levels as v on m.municipality_code = v.municipality_code
    group by m.month
),

own_months as (
    select
        m.municipality_code,
        m.month,
        m.latest,
        m.gap,
        m.gap_share,
        f.shift,
        m.gap_share - f.shift as own_share
    from months as m
    inner join shifts as f on m.month = f.month
),

middles as (
    select
        municipality_code,
        median(own_share) as middle
    from own_months
    where month < latest
    group by municipality_code
    having count(*) >= cast($least_months as integer)
),

lines as (
    select
        m.municipality_code,
        any_value(h.middle) + greatest(
            cast($least_points as double),
            cast($times as double) * median(abs(m.own_share - h.middle))
        ) as line
    from own_months as m
    inner join middles as h on m.municipality_code = h.municipality_code
    where m.month < m.latest
    group by m.municipality_code
),

explained as (
    select distinct unnest(municipalities) as municipality_code
    from systems_at_fault
    where explains = 'gap'
)

select
    m.municipality_code,
    cast(null as varchar) as target_group,
    cast(null as varchar) as subject,
    m.month as period,
    m.gap_share as value,
    h.line + m.shift as threshold,
    cast(m.gap as bigint) as cases
from own_months as m
inner join lines as h on m.municipality_code = h.municipality_code
left join explained as e on m.municipality_code = e.municipality_code
where m.month = m.latest and m.own_share > h.line and e.municipality_code is null
