-- grain: a municipality
-- inputs: next.deliveries, night
-- provisions: counting.md 1 (unreadable)
-- row: files of the latest days that could not be read, with no readable file after them
with latest as (
    select
        municipality_code,
        max(delivered_on) as delivered_on
    from next.deliveries
    where status = 'accepted'
    group by municipality_code
)

select
    d.municipality_code,
    cast(null as varchar) as target_group,
    cast(null as varchar) as subject,
    cast(null as date) as period,
    cast(count(*) as double) as value,
    cast($least as double) as threshold,
    count(*) as cases
from next.deliveries as d
cross join night as n
left join latest as l on d.municipality_code = l.municipality_code
where
    d.status = 'unreadable'
    and d.delivered_on > n.as_of - cast($days as integer)
    and coalesce(d.delivered_on >= l.delivered_on, true)
group by d.municipality_code
having count(*) >= cast($least as integer)
