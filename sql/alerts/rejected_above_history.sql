-- grain: a municipality
-- inputs: next.deliveries, night
-- provisions: counting.md 1 (rejected)
-- row: the part of the latest day's rows that was rejected lies above the days before
with delivery_days as (
    select
        municipality_code,
        delivered_on,
        sum(rows_read) as rows_read,
        sum(rows_rejected) as rows_rejected,
        sum(rows_rejected) / sum(rows_read) as rejected_share,
        row_number() over (partition by municipality_code order by delivered_on desc) as place
    from next.deliveries
    where status = 'accepted' and rows_read > 0
    group by municipality_code, delivered_on
),

middles as (
    select
        municipality_code,
        median(rejected_share) as middle
    from delivery_days
    where place between 2 and cast($days_before as integer) + 1
    group by municipality_code
),

lines as (
    select
        d.municipality_code,
        any_value(h.middle) + greatest(
            cast($least_points as double),
            cast($times as double) * median(abs(d.rejected_share - h.middle))
        ) as threshold
    from delivery_days as d
    inner join middles as h on d.municipality_code = h.municipality_code
    where d.place between 2 and cast($days_before as integer) + 1
    group by d.municipality_code
)

select
    d.municipality_code,
    cast(null as varchar) as target_group,
    cast(null as varchar) as subject,
    cast(null as date) as period,
    d.rejected_share as value,
    coalesce(h.threshold, cast($first as double)) as threshold,
    cast(d.rows_rejected as bigint) as cases
from delivery_days as d
cross join night as n
left join lines as h on d.municipality_code = h.municipality_code
where
    d.place = 1
    and d.delivered_on > n.as_of - cast($days as integer)
    and d.rows_rejected >= cast($least as integer)
    and d.rejected_share > coalesce(h.threshold, cast($first as double))
