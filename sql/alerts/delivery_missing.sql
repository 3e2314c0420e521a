-- grain: a municipality, and a kind of file where it has delivered another
-- inputs: next.municipalities, next.deliveries
-- provisions: counting.md 1 (a missing delivery is a row too: never a zero)
-- row: no file of the kind could be read so far; absences need not exist
with kinds as (
    select unnest(['meetings', 'spells']) as kind
),

delivered as (
    select distinct
        municipality_code,
        kind
    from next.deliveries
    where status = 'accepted'
),

senders as (
    select distinct municipality_code
    from delivered
)

select distinct
    p.municipality_code,
    cast(null as varchar) as target_group,
    case when s.municipality_code is null then 'files' else k.kind end as subject,
    cast(null as date) as period,
    cast(0 as double) as value,
    cast(1 as double) as threshold,
    cast(0 as bigint) as cases
from next.municipalities as p
cross join kinds as k
left join delivered as d
    on p.municipality_code = d.municipality_code and k.kind = d.kind
left join senders as s on p.municipality_code = s.municipality_code
where d.kind is null
