-- grain: a spell and a supervision threshold, where the spell reached the threshold's months
-- inputs: windows, law_thresholds, spell_meetings, night
-- provisions: counting.md 6 (supervision threshold)
-- row: the month it did so, of the months that are over; whether it had enough meetings by then
select
    w.municipality_code,
    w.spell_id,
    w.citizen_key,
    date_trunc('month', w.due_on + 1) as month,
    t.least_share,
    t.least_spells,
    t.months_in_a_row as months_to_contact,
    len([d for d in coalesce(m.supervision_days, []) if d <= w.due_on]) >= t.meetings as has_enough
from windows as w
inner join law_thresholds as t
    on
        w.rule_version = t.rule_version
        and date_trunc('month', w.due_on + 1) >= t.valid_from
        and date_trunc('month', w.due_on + 1) < t.valid_to
cross join night as n
left join spell_meetings as m
    on
        w.municipality_code = m.municipality_code
        and w.spell_id = m.spell_id
        and m.actor = 'municipality'
where
    coalesce(w.ended_on > w.due_on, true)
    and last_day(w.due_on + 1) <= n.as_of
