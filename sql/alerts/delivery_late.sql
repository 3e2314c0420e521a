-- grain: a municipality and a kind of file
-- inputs: next.deliveries, night
-- provisions: counting.md 1 (a missing delivery is a row too: never a zero)
-- row: days since the latest delivery with rows, against the municipality's own rhythm; a file
--      like one before is no delivery: an export that stands still sends such
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
        ) as days,
        row_number() over (
            partition by municipality_code, kind
            order by delivered_on desc
        ) as place
    from delivery_days
),

rhythms as (
    select
        municipality_code,
        kind,
        max(delivered_on) as delivered_on,
        count(days) as pauses,
        quantile_cont(days, 0.75) as usual_days  -- so that a corrected delivery is no rhythm
    from pauses
    where place <= cast($pauses as integer)
    group by municipality_code, kind
),

lines as (
    select
        r.municipality_code,
        r.kind,
        n.as_of - r.delivered_on as days_since,
        greatest(
            cast($times as double) * coalesce(r.usual_days, 0),
            case
                when r.pauses >= cast($least_pauses as integer) then cast($least_days as double)
                else cast($days_alone as double)
            end
        ) as threshold
    from rhythms as r
    cross join night as n
)

select
    municipality_code,
    cast(null as varchar) as target_group,
    kind as subject,
    cast(null as date) as period,
    cast(days_since as double) as value,
    threshold,
    days_since as cases
from lines
where days_since > threshold
