-- grain: a target group, the weeks in which a spell started, ended and had a requirement due, and
--      the number of meetings required
-- inputs: next.requirements, next.spells
-- provisions: counting.md 6 (windows end at effective duration: pauses are added)
-- row: the requirements of the country's municipalities, and how many of them fell due in a spell
--      that still ran that day
select
    q.target_group,
    datediff('week', date '1970-01-05', s.started_on) as started,
    datediff('week', date '1970-01-05', s.ended_on) as ended,
    datediff('week', date '1970-01-05', q.due_on) as due,
    q.required,
    count(*) as requirements,
    count(*) filter (where coalesce(s.ended_on >= q.due_on, true)) as came
from next.requirements as q
inner join next.spells as s
    on q.municipality_code = s.municipality_code and q.spell_id = s.spell_id
where
    q.actor = 'municipality'
    and datediff('week', date '1970-01-05', q.due_on) >= $first_week
group by all
