-- grain: a month of due_on and a status (missed, carried)
-- inputs: next.requirements
-- provisions: counting.md 6 (shortfall) and 8
-- row: meetings that the country's requirements lack, rounded down; months with few persons behind
--      are left out
select
    cast(date_trunc('month', due_on) as date) as month,
    status,
    cast(sum(shortfall) // $step * $step as bigint) as meetings
from next.requirements
where status in ('missed', 'carried')
group by all
having count(distinct coalesce(citizen_key, municipality_code || '/' || spell_id)) >= $least
