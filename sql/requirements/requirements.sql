-- grain: a spell and a requirement
-- inputs: windows, law_requirements, law_catch_up, spell_meetings, night
-- provisions: counting.md 6 (counting, status); order of 12 June 2020 (carried, caught_up)
-- row: what the law asked for the spell, and whether it came
with counted as (
    select
        w.municipality_code,
        w.spell_id,
        w.citizen_key,
        w.target_group,
        w.rule as requirement_id,
        w.rule_version,
        r.actor,
        r.required,
        w.window_start,
        w.due_on,
        w.paused_days,
        w.ended_on,
        n.as_of,
        c.rule_version is not null as can_be_caught_up,
        [d for d in coalesce(m.duty_days, []) if d between w.window_start and n.as_of] as days
    from windows as w
    inner join law_requirements as r on w.rule_version = r.rule_version
    cross join night as n
    left join law_catch_up as c
        on
            w.target_group = c.target_group
            and w.due_on >= c.valid_from
            and w.due_on < c.valid_to
    left join spell_meetings as m
        on
            w.municipality_code = m.municipality_code
            and w.spell_id = m.spell_id
            and r.actor = m.actor
),

reached as (
    select
        *,
        len([d for d in days if d <= due_on]) as recognised_count,
        days[required] as reached_on
    from counted
),

judged as (
    select
        *,
        case
            when reached_on <= due_on then 'met'
            when ended_on < due_on and ended_on <= as_of then 'lapsed'
            when due_on >= as_of then 'open'
            when can_be_caught_up and reached_on is not null then 'caught_up'
            when can_be_caught_up and coalesce(ended_on > as_of, true) then 'carried'
            when can_be_caught_up then 'lapsed'
            else 'missed'
        end as status
    from reached
)

select
    municipality_code,
    spell_id,
    citizen_key,
    target_group,
    requirement_id,
    rule_version,
    actor,
    required,
    window_start,
    due_on,
    paused_days,
    recognised_count,
    case status
        when 'missed' then required - recognised_count
        when 'carried' then required - len(days)
        else 0
    end as shortfall,
    status,
    case when status in ('met', 'caught_up') then reached_on end as met_on
from judged
