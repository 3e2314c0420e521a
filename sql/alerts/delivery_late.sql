-- grain: a municipality and a kind of file
-- inputs: next.deliveries, night
-- provisions: counting.md 1 (a missing delivery is a row too: never a zero)
-- row: days since the latest delivery with rows, against the municipality's own rhythm
with delivery_days as (
    select distinct
        municipality_code,
        kind,
        delivered_on
    from next.deliveries
    where status = 'accepted' and kind in ('meetings', 'spells') and rows_read > 0
),

pauses as (
    select
        municipality_code,
        kind,
        delivered_on,
        delivered_on - lag(delivered_on) over (
            partition by municipality_code, kind
            order by delivered_on
        ) as days
    from delivery_days
),

rhythms as (
    select
        p.municipality_code,
        p.kind,
        n.as_of - max(p.delivered_on) as days_since,
        coalesce(
            greatest(cast($least_days as double), cast($times as double) * median(p.days)),
            cast($days_alone as double)
        ) as threshold
    from pauses as p
    cross join night as n
    group by p.municipality_code, p.kind, n.as_of
)

select
    municipality_code,
    cast(null as varchar) as target_group,
    kind as subject,
    cast(null as date) as period,
    cast(days_since as double) as value,
    threshold,
    days_since as cases
from rhythms
where days_since > threshold
