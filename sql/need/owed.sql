-- grain: a week of starting, a target group and a requirement of the municipality
-- inputs: law_windows, law_requirements
-- provisions: counting.md 6 (nominal windows: who is to come has no pauses yet)
-- row: the week in which it falls due for a spell that starts on the week's Thursday
with starts as (
    select
        unnest(generate_series($from_week, $to_week)) as started,
        date '1970-01-05' + cast(7 * started + 3 as integer) as started_on
)

select
    s.started,
    w.target_group,
    r.required,
    datediff('week', date '1970-01-05', case w.window_unit
        when 'months' then cast(s.started_on + to_months(w.window_to) as date) - 1
        when 'weeks' then s.started_on + cast(7 * w.window_to - 1 as integer)
        else s.started_on + w.window_to
    end) as due
from law_windows as w
inner join law_requirements as r on w.rule_version = r.rule_version
inner join starts as s
    on w.starts_from <= s.started_on and w.starts_before > s.started_on
where w.family = 'requirement' and r.actor = 'municipality'
