-- grain: a requirement of a municipality in a spell that ran at the end of the week `origin`
-- inputs: next.requirements, next.spells
-- provisions: counting.md 6 (windows end at effective duration: pauses are added)
-- row: whose it is, and the weeks in which the spell started and it falls due, after the origin
select
    q.municipality_code as place,
    q.target_group,
    coalesce(q.citizen_key, md5(q.municipality_code || '/' || q.spell_id)) as person,
    datediff('week', date '1970-01-05', s.started_on) as started,
    datediff('week', date '1970-01-05', q.due_on) as due,
    q.required,
    least(q.recognised_count, q.required) as recognised
from next.requirements as q
inner join next.spells as s
    on q.municipality_code = s.municipality_code and q.spell_id = s.spell_id
where
    q.actor = 'municipality'
    and datediff('week', date '1970-01-05', s.started_on) <= $origin
    and coalesce(datediff('week', date '1970-01-05', s.ended_on) > $origin, true)
    and datediff('week', date '1970-01-05', q.due_on) - $origin between 1 and $weeks
