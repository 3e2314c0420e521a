-- grain: a held meeting that is not recognised
-- inputs: next.meetings, mending
-- provisions: counting.md 5 (duty: reason, failed rules, sole reason)
-- row: what would make it count: its registration (every rule it fails is mended so), another
--      meeting, or nothing. Of a wrong actor, `actor` is the one that is responsible.
with remedies as (
    select
        list(reason) filter (where kind = 'nothing') as nothing,
        list(reason) filter (where kind = 'hold_again') as hold_again
    from mending
)

select
    m.municipality_code,
    m.delivery_id,
    m.source_row,
    m.meeting_id,
    m.spell_id,
    m.held_on,
    case
        when not list_contains(m.failed_rules, 'wrong_actor') then m.actor
        when m.actor = 'a_kasse' then 'municipality'
        else 'a_kasse'
    end as actor,
    m.reason,
    m.failed_rules,
    m.sole_reason,
    case
        when list_has_any(m.failed_rules, r.nothing) then 'nothing'
        when list_has_any(m.failed_rules, r.hold_again) then 'hold_again'
        else 'register'
    end as remedy
from next.meetings as m
cross join remedies as r
where m.status = 'held' and not m.recognised
