-- grain: a spell, and a requirement or supervision threshold that holds for it
-- inputs: next.spells, spell_pauses, law_windows
-- provisions: counting.md 6 (window; the clock pauses)
-- row: the window's first and last day. This is the one place where windows are computed: the
--      last day is the one on which the nominal number of unpaused days is used up, that is the
--      nominal last day moved by every pause that begins before. A window from a later month
--      begins the day after the unpaused months before it are used up.
with nominal as (
    select
        s.municipality_code,
        s.spell_id,
        s.citizen_key,
        s.target_group,
        s.started_on,
        s.ended_on,
        w.rule,
        w.rule_version,
        w.family,
        coalesce(p.pauses, []) as pauses,
        date_diff(
            'day', s.started_on, cast(s.started_on + to_months(w.window_from) as date)
        ) as days_before,
        case w.window_unit
            when 'months'
                then date_diff(
                    'day', s.started_on, cast(s.started_on + to_months(w.window_to) as date)
                )
            when 'weeks' then 7 * w.window_to
            else w.window_to + 1
        end as days_to_end
    from next.spells as s
    inner join law_windows as w
        on
            s.target_group = w.target_group
            and s.started_on >= w.starts_from
            and s.started_on < w.starts_before
    left join spell_pauses as p
        on s.municipality_code = p.municipality_code and s.spell_id = p.spell_id
),

moved as (
    select
        *,
        started_on
        + cast(days_before as integer)
        + cast(
            coalesce(list_sum([p.days for p in pauses if p.unpaused_before < days_before]), 0)
            as integer
        ) as window_start,
        started_on
        + cast(days_to_end as integer)
        + cast(
            coalesce(list_sum([p.days for p in pauses if p.unpaused_before < days_to_end]), 0)
            as integer
        )
        - 1 as due_on
    from nominal
)

select
    municipality_code,
    spell_id,
    citizen_key,
    target_group,
    started_on,
    ended_on,
    rule,
    rule_version,
    family,
    window_start,
    due_on,
    date_diff('day', window_start, due_on) + 1 - (days_to_end - days_before) as paused_days
from moved
