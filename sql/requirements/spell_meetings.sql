-- grain: a spell and an actor
-- inputs: next.meetings
-- provisions: counting.md 6 (counting)
-- row: the days of the meetings recognised in duty, and of those recognised in supervision
select
    municipality_code,
    spell_id,
    actor,
    list(held_on order by held_on) as duty_days,
    list(held_on order by held_on) filter (
        where len(failed_supervision) = 0
    ) as supervision_days
from next.meetings
where recognised and spell_id is not null
group by municipality_code, spell_id, actor
