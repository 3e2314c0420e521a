-- da: Talpas: forløbene bag én celle i supervision. Antallet af rækker er reached_six_months, dem
--     med has_four er with_four. Seksmånedersdagen tages fra et krav i samme forløb; forløb fra
--     1. juli 2026 uden et krav på seks måneder mangler derfor.
-- en: Number passport: the spells behind one cell of supervision. The rows number
--     reached_six_months, those with has_four with_four. The day is that of a requirement of the
--     same spell; spells from 1 July 2026 that owe nothing in six months are therefore missing.
-- columns: municipality_code, spell_id, target_group, started_on, ended_on, six_months_on,
--          meetings_before, has_four
-- parameters: month=2025-03-01, municipality=101
with thresholds as (
    select
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        cast(json_extract(value, '$.meetings') as integer) as meetings,
        cast(json_extract(value, '$.window_months') as integer) as window_months
    from law
    where family = 'supervision_threshold'
),

owed as (
    select
        rule_version,
        cast(json_extract(value, '$.window_to') as integer) as window_to
    from law
    where family = 'requirement' and json_extract_string(value, '$.window_unit') = 'months'
),

reaching as (
    select distinct
        s.municipality_code,
        s.spell_id,
        s.target_group,
        s.started_on,
        s.ended_on,
        q.due_on + 1 as six_months_on,
        t.meetings
    from requirements as q
    inner join owed as o on q.rule_version = o.rule_version
    inner join thresholds as t
        on
            o.window_to = t.window_months
            and date_trunc('month', q.due_on + 1) >= t.valid_from
            and date_trunc('month', q.due_on + 1) < t.valid_to
    inner join spells as s
        on q.municipality_code = s.municipality_code and q.spell_id = s.spell_id
    cross join publication as p
    where
        coalesce(s.ended_on > q.due_on, true)
        and last_day(q.due_on + 1) <= p.as_of
        and ($month is null or date_trunc('month', q.due_on + 1) = cast($month as date))
        and ($municipality is null or q.municipality_code = $municipality)
),

counted as (
    select
        r.municipality_code,
        r.spell_id,
        r.target_group,
        r.started_on,
        r.ended_on,
        r.six_months_on,
        r.meetings,
        count(m.meeting_id) as meetings_before
    from reaching as r
    left join meetings as m
        on
            r.municipality_code = m.municipality_code
            and r.spell_id = m.spell_id
            and r.six_months_on > m.held_on
            and m.status = 'held'
            and m.actor = 'municipality'
            and len(m.failed_supervision) = 0
    group by all
)

select
    municipality_code,
    spell_id,
    target_group,
    started_on,
    ended_on,
    six_months_on,
    meetings_before,
    meetings_before >= meetings as has_four
from counted
order by municipality_code, six_months_on, spell_id
