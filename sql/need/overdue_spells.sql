-- grain: a spell that ran at the end of the week `origin` with a requirement overdue
-- inputs: next.requirements, next.spells, spell_meetings
-- provisions: counting.md 6 (windows). A meeting counts for every requirement of its spell that is
--      owed, and after the last day as before it: so a spell owes as much as the one of its
--      requirements that lacks most
-- row: the weeks in which it started and its first overdue requirement was due, the meetings it
--      lacked then, and what had become of it at the end of the week `until`. Requirements whose
--      window began before the deliveries do are left out: what was held then is not known
with lacking as (
    select
        q.municipality_code,
        q.spell_id,
        q.citizen_key,
        q.target_group,
        s.started_on,
        s.ended_on,
        q.due_on,
        q.required,
        [d for d in coalesce(m.duty_days, []) if d >= q.window_start] as days,
        date '1970-01-05' + cast(7 * $origin + 6 as integer) as origin_on,
        date '1970-01-05' + cast(7 * $until + 6 as integer) as until_on
    from next.requirements as q
    inner join next.spells as s
        on q.municipality_code = s.municipality_code and q.spell_id = s.spell_id
    left join spell_meetings as m
        on
            q.municipality_code = m.municipality_code
            and q.spell_id = m.spell_id
            and q.actor = m.actor
    where
        q.actor = 'municipality'
        and datediff('week', date '1970-01-05', q.window_start) >= $first_week
        and datediff('week', date '1970-01-05', q.due_on) <= $origin
        and datediff('week', date '1970-01-05', s.started_on) <= $origin
        and coalesce(datediff('week', date '1970-01-05', s.ended_on) > $origin, true)
),

overdue as (
    select
        *,
        days[required] as reached_on
    from lacking
    where coalesce(days[required] > origin_on, true)
),

spells as (
    select
        municipality_code,
        spell_id,
        any_value(target_group) as target_group,
        any_value(citizen_key) as citizen_key,
        any_value(started_on) as started_on,
        any_value(ended_on) as ended_on,
        any_value(until_on) as until_on,
        min(due_on) as due_on,
        max(required - len([d for d in days if d <= origin_on])) as meetings,
        case when count(*) = count(reached_on) then max(reached_on) end as served_on
    from overdue
    group by municipality_code, spell_id
)

select
    municipality_code as place,
    target_group,
    coalesce(citizen_key, md5(municipality_code || '/' || spell_id)) as person,
    datediff('week', date '1970-01-05', started_on) as started,
    datediff('week', date '1970-01-05', due_on) as due,
    case
        when served_on <= until_on then 'served'
        when ended_on <= until_on then 'left'
        else 'waiting'
    end as outcome,
    meetings
from spells
