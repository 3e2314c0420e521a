-- grain: a requirement and a month at whose end it was overdue
-- inputs: next.requirements, next.spells, next.publication, report_months
-- provisions: counting.md 6 (status)
-- row: past its last day and not met by then, in a spell that still ran; the number of whole
--      weeks it had been so, in bands. The end of a month that is not over is as_of
with late as (
    select
        q.municipality_code,
        q.spell_id,
        q.citizen_key,
        q.target_group,
        q.due_on,
        least(q.met_on - 1, s.ended_on, p.as_of) as last_overdue_on
    from next.requirements as q
    inner join next.spells as s
        on q.municipality_code = s.municipality_code and q.spell_id = s.spell_id
    cross join next.publication as p
    where q.status in ('missed', 'caught_up', 'carried', 'lapsed')
),

months as (
    select
        municipality_code,
        spell_id,
        citizen_key,
        target_group,
        due_on,
        last_overdue_on,
        unnest(
            generate_series(
                date_trunc('month', due_on + 1),
                date_trunc('month', last_overdue_on),
                interval 1 month
            )
        ) as month
    from late
    where last_overdue_on > due_on
),

ends as (
    select
        l.municipality_code,
        l.spell_id,
        l.citizen_key,
        l.target_group,
        m.month,
        (m.last_day - l.due_on) // 7 as weeks
    from months as l
    inner join report_months as m on l.month = m.month
    where l.due_on < m.last_day and l.last_overdue_on >= m.last_day
)

select
    municipality_code,
    spell_id,
    citizen_key,
    target_group,
    month,
    case
        when weeks < 5 then '0-4'
        when weeks < 14 then '5-13'
        when weeks < 27 then '14-26'
        when weeks < 53 then '27-52'
        else '53+'
    end as age
from ends
