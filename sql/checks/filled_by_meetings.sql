-- table: requirements
-- da: De medregnede samtaler i vinduerne er netop forløbenes samtaler hos kravets aktør.
-- en: The meetings counted in the windows are the spells' own, held by the requirement's actor.
with filled as (
    select
        municipality_code,
        sum(recognised_count) as meetings
    from next.requirements
    group by municipality_code
),

held as (
    select
        q.municipality_code,
        count(*) as meetings
    from next.requirements as q
    inner join next.meetings as m
        on
            q.municipality_code = m.municipality_code
            and q.spell_id = m.spell_id
            and q.actor = m.actor
            and m.held_on between q.window_start and q.due_on
    where m.recognised
    group by q.municipality_code
)

select f.municipality_code
from filled as f
left join held as h on f.municipality_code = h.municipality_code
where f.meetings != coalesce(h.meetings, 0)
