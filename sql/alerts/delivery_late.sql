-- grain: a municipality
-- inputs: next.deliveries, night
-- provisions: counting.md 1 (a missing delivery is a row too: never a zero)
-- row: days since the latest delivery that could be read, against the municipality's own rhythm
with delivery_days as (
    select distinct
        municipality_code,
        delivered_on,
        delivered_on
        - lag(delivered_on) over (partition by municipality_code order by delivered_on) as days
    from next.deliveries
    where status = 'accepted'
    qualify
        row_number() over (partition by municipality_code, delivered_on order by file) = 1
),

rhythms as (
    select
        d.municipality_code,
        n.as_of - max(d.delivered_on) as days_since,
        greatest(
            cast($least_days as double), cast($times as double) * median(d.days)
        ) as threshold
    from delivery_days as d
    cross join night as n
    group by d.municipality_code, n.as_of
)

select
    municipality_code,
    cast(null as varchar) as target_group,
    cast(null as varchar) as subject,
    cast(null as date) as period,
    cast(days_since as double) as value,
    coalesce(threshold, cast($days_alone as double)) as threshold,
    days_since as cases
from rhythms
where days_since > coalesce(threshold, cast($days_alone as double))
