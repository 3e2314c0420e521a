-- grain: a spell and a requirement that is overdue or falls due within 14 days
-- inputs: extract_owed, extract_contact, extract_modes, next.law
-- provisions: counting.md 5 and 6
-- row: a line of the worklists «overskredne» (missed, carried) and «forfalder_snart» (open)
select
    w.municipality_code,
    w.spell_id,
    w.citizen_key,
    w.target_group,
    w.spell_started_on,
    w.spell_ended_on,
    w.requirement_id,
    l.label_da as requirement_da,
    l.instrument_title,
    l.provision,
    w.actor,
    w.required,
    w.recognised_count,
    w.lacking,
    w.due_on,
    w.days_left,
    w.status,
    c.last_held_on,
    c.last_mode,
    c.last_recognised,
    c.last_reason,
    c.last_recognised_on,
    c.booked_on,
    coalesce(a.accepted_modes, cast([] as varchar[])) as accepted_modes,
    w.accepted_on
from extract_owed as w
inner join next.law as l on w.rule_version = l.rule_version
left join extract_contact as c
    on w.municipality_code = c.municipality_code and w.spell_id = c.spell_id
left join extract_modes as a
    on
        w.municipality_code = a.municipality_code
        and w.spell_id = a.spell_id
        and w.requirement_id = a.requirement_id
