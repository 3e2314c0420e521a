-- grain: an accepted row of an absence
-- inputs: lake_absences, register
-- provisions: counting.md 1 (an absence is known by citizen, type and start)
-- row: the absence as delivered, and what became of the row
select
    a.municipality_code,
    a.citizen_key,
    a.absence_type,
    a.started_on,
    a.ended_on,
    r.delivery_id,
    a.delivery_key,
    a.source_row,
    case
        when last_value(a.withdrawn) over versions then 'withdrawn'
        when row_number() over versions < count(*) over versions then 'superseded'
        else 'accepted'
    end as outcome
from lake_absences as a
inner join register as r on a.delivery_key = r.delivery_key and r.status = 'accepted'
window versions as (
    partition by a.municipality_code, a.citizen_key, a.absence_type, a.started_on
    order by r.delivery_no, a.source_row
    rows between unbounded preceding and unbounded following
)
