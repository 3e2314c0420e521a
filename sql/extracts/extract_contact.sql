-- grain: a spell with meetings, of a municipality that has its worklists switched on
-- inputs: next.meetings, switched_on, night
-- provisions: counting.md 3 (held), 5 (recognised in duty; rule 6: the first meeting in person)
-- row: the last meeting held, the last recognised, the first in person of an accepted type
--      (recognised or not), and the next one planned, of whatever type and actor
with contact as (
    select
        m.municipality_code,
        m.spell_id,
        m.meeting_id,
        m.held_on,
        m.started_at,
        m.mode,
        m.status,
        m.recognised,
        m.reason,
        m.status = 'held'
        and m.mode = 'in_person'
        and not list_contains(m.failed_rules, 'wrong_type') as opens_other_modes
    from next.meetings as m
    inner join switched_on as o on m.municipality_code = o.municipality_code
    where m.spell_id is not null
),

held as (
    select
        *,
        row_number() over (
            partition by municipality_code, spell_id
            order by started_at desc, meeting_id desc
        ) as place
    from contact
    where status = 'held'
),

spell_days as (
    select
        c.municipality_code,
        c.spell_id,
        max(c.held_on) filter (where c.recognised) as last_recognised_on,
        min(c.started_at) filter (where c.opens_other_modes) as first_in_person_at,
        min(c.held_on) filter (
            where c.status = 'planned' and c.held_on >= n.as_of
        ) as booked_on
    from contact as c
    cross join night as n
    group by c.municipality_code, c.spell_id
)

select
    d.municipality_code,
    d.spell_id,
    h.held_on as last_held_on,
    h.mode as last_mode,
    h.recognised as last_recognised,
    h.reason as last_reason,
    d.last_recognised_on,
    d.first_in_person_at,
    d.booked_on
from spell_days as d
left join held as h
    on
        d.municipality_code = h.municipality_code
        and d.spell_id = h.spell_id
        and h.place = 1
