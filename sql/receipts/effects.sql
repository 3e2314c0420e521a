-- grain: a delivered file and a reason; without a reason, all that registration can mend together
-- inputs: lost, wanted, next.requirements, next.publication
-- provisions: counting.md 6 (counting: spell, actor, window)
-- row: how many more requirements due in the twelve months up to as_of would have been met in time,
--      had the file's meetings counted: of a reason those it alone keeps out, together all that
--      better registration can save
with unmet as (
    select
        r.municipality_code,
        r.spell_id,
        r.requirement_id,
        r.actor,
        r.window_start,
        r.due_on,
        r.required - r.recognised_count as missing
    from next.requirements as r
    cross join next.publication as p
    where
        r.status in ('missed', 'caught_up', 'carried')
        and r.due_on > p.as_of - to_months(12)
        and r.due_on <= p.as_of
),

gained as (
    select
        l.municipality_code,
        l.delivery_id,
        l.reason,
        u.spell_id,
        u.requirement_id,
        u.missing,
        count(*) as meetings,
        count(*) filter (where l.sole_reason) as sole
    from lost as l
    inner join wanted as w
        on l.municipality_code = w.municipality_code and l.delivery_id = w.delivery_id
    inner join unmet as u
        on
            l.municipality_code = u.municipality_code
            and l.spell_id = u.spell_id
            and l.actor = u.actor
            and l.held_on between u.window_start and u.due_on
    where l.remedy = 'register'
    group by
        l.municipality_code,
        l.delivery_id,
        l.reason,
        u.spell_id,
        u.requirement_id,
        u.missing
),

together as (
    select
        municipality_code,
        delivery_id,
        sum(meetings) >= missing as is_met
    from gained
    group by municipality_code, delivery_id, spell_id, requirement_id, missing
)

select
    municipality_code,
    delivery_id,
    reason,
    count(*) filter (where sole >= missing) as requirements
from gained
group by municipality_code, delivery_id, reason
union all
select
    municipality_code,
    delivery_id,
    null as reason,
    count(*) filter (where is_met) as requirements
from together
group by municipality_code, delivery_id
