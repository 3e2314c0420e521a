-- grain: an accepted row of a spell
-- inputs: lake_spells, register
-- provisions: counting.md 1 (versions, withdrawal)
-- row: the spell as delivered, and what became of the row
select
    s.municipality_code,
    s.spell_id,
    s.citizen_key,
    s.target_group,
    s.started_on,
    s.ended_on,
    r.delivery_id,
    s.delivery_key,
    s.source_row,
    case
        when last_value(s.withdrawn) over versions then 'withdrawn'
        when row_number() over versions < count(*) over versions then 'superseded'
        else 'accepted'
    end as outcome
from lake_spells as s
inner join register as r on s.delivery_key = r.delivery_key and r.status = 'accepted'
window versions as (
    partition by s.municipality_code, s.spell_id
    order by r.delivery_no, s.source_row
    rows between unbounded preceding and unbounded following
)
