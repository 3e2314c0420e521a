-- grain: a municipality and a kind of file
-- inputs: next.municipalities, next.deliveries
-- provisions: counting.md 1 (a missing delivery is a row too: never a zero)
-- row: the latest day on which a file of the kind came that could be read, if ever
with kinds as (
    select unnest(['meetings', 'spells', 'absences']) as kind
)

select
    m.municipality_code,
    k.kind,
    max(d.delivered_on) as delivered_on
from next.municipalities as m
cross join kinds as k
left join next.deliveries as d
    on
        m.municipality_code = d.municipality_code
        and k.kind = d.kind
        and d.status = 'accepted'
        and d.rows_read > 0
group by m.municipality_code, k.kind
