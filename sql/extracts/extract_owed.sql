-- grain: a spell and a requirement that is overdue or falls due within 14 days
-- inputs: next.requirements, next.spells, switched_on, night
-- provisions: counting.md 6 (status, shortfall)
-- row: what is still owed. Overdue (`missed`, `carried`) is listed while the spell runs on after
--      the reporting day; `open` from the reporting day to the fourteenth day after it.
--      A meeting that could still help an overdue spell is held under the law of the reporting
--      day, one that could help an open requirement at the latest under that of its last day.
select
    r.municipality_code,
    r.spell_id,
    r.citizen_key,
    r.target_group,
    s.started_on as spell_started_on,
    s.ended_on as spell_ended_on,
    r.requirement_id,
    r.rule_version,
    r.actor,
    r.required,
    r.recognised_count,
    case
        when r.status = 'open' then r.required - r.recognised_count
        else r.shortfall
    end as lacking,
    r.due_on,
    r.due_on - n.as_of as days_left,
    r.status,
    case when r.status = 'open' then r.due_on else n.as_of end as accepted_on
from next.requirements as r
inner join switched_on as o on r.municipality_code = o.municipality_code
inner join next.spells as s
    on r.municipality_code = s.municipality_code and r.spell_id = s.spell_id
cross join night as n
where
    (
        r.status in ('missed', 'carried')
        and r.shortfall > 0
        and coalesce(s.ended_on > n.as_of, true)
    )
    or (r.status = 'open' and r.due_on <= n.as_of + 14)
