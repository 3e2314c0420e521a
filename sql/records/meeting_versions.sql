-- grain: an accepted row of a meeting with several versions, or with one that withdraws it
-- inputs: lake_meetings, register
-- provisions: counting.md 1 (versions, withdrawal)
-- row: what became of the row. Few meetings have more than one version, so a hash of the id tells
--      cheaply where to look; the id itself tells the versions apart.
with looked_at as (
    select hash(m.municipality_code, m.meeting_id) as id_hash
    from lake_meetings as m
    inner join register as r on m.delivery_key = r.delivery_key and r.status = 'accepted'
    group by id_hash
    having count(*) > 1 or bool_or(m.status = 'withdrawn')
)

select
    m.delivery_key,
    m.source_row,
    case
        when last_value(m.status = 'withdrawn') over versions then 'withdrawn'
        when row_number() over versions < count(*) over versions then 'superseded'
        else 'accepted'
    end as outcome
from lake_meetings as m
inner join register as r on m.delivery_key = r.delivery_key and r.status = 'accepted'
inner join looked_at as l on hash(m.municipality_code, m.meeting_id) = l.id_hash
window versions as (
    partition by m.municipality_code, m.meeting_id
    order by r.delivery_no, m.source_row
    rows between unbounded preceding and unbounded following
)
