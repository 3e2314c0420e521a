-- grain: a week in a municipality, or in the whole country where it is called DK
-- inputs: next.requirements, next.spells
-- provisions: counting.md 6 (windows)
-- row: the meetings required by municipalities with a last day in the week, in spells
--      that still ran that day, and the persons behind
select
    datediff('week', date '1970-01-05', q.due_on) as week,
    sum(q.required) as meetings,
    count(
        distinct coalesce(q.citizen_key, md5(q.municipality_code || '/' || q.spell_id))
    ) as persons
from next.requirements as q
inner join next.spells as s
    on q.municipality_code = s.municipality_code and q.spell_id = s.spell_id
where
    q.actor = 'municipality'
    and $place in ('DK', q.municipality_code)
    and coalesce(s.ended_on >= q.due_on, true)
    and datediff('week', date '1970-01-05', q.due_on) between $first_week and $last_week
group by all
