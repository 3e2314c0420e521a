-- grain: a spell whose clock is ever stopped
-- inputs: next.spells, next.absences, law_pauses, night
-- provisions: counting.md 6 (paused days; an absence without an end lasts through as_of)
-- row: its pauses from the first day of the spell on, in order and without overlap;
--      unpaused_before is the number of unpaused days from the spell's start to the pause
with stops as (
    select
        s.municipality_code,
        s.spell_id,
        s.started_on,
        greatest(p.first_day, s.started_on) as first_day,
        p.last_day
    from next.spells as s
    inner join law_pauses as p
        on s.target_group = p.target_group and p.absence_type is null
    where p.last_day >= s.started_on
    union all
    select
        s.municipality_code,
        s.spell_id,
        s.started_on,
        greatest(p.first_day, a.started_on, s.started_on) as first_day,
        least(p.last_day, coalesce(a.ended_on, n.as_of)) as last_day
    from next.absences as a
    cross join night as n
    inner join next.spells as s
        on a.municipality_code = s.municipality_code and a.citizen_key = s.citizen_key
    inner join law_pauses as p
        on s.target_group = p.target_group and a.absence_type = p.absence_type
    where
        least(p.last_day, coalesce(a.ended_on, n.as_of))
        >= greatest(p.first_day, a.started_on, s.started_on)
),

reached as (
    select
        municipality_code,
        spell_id,
        started_on,
        first_day,
        last_day,
        max(last_day) over (
            partition by municipality_code, spell_id
            order by first_day, last_day
            rows between unbounded preceding and 1 preceding
        ) as last_before
    from stops
),

numbered as (
    select
        municipality_code,
        spell_id,
        started_on,
        first_day,
        last_day,
        sum(cast(coalesce(first_day > last_before, true) as integer)) over (
            partition by municipality_code, spell_id
            order by first_day, last_day
            rows between unbounded preceding and current row
        ) as pause_no
    from reached
),

pauses as (
    select
        municipality_code,
        spell_id,
        started_on,
        min(first_day) as first_day,
        max(last_day) as last_day,
        date_diff('day', min(first_day), max(last_day)) + 1 as days
    from numbered
    group by municipality_code, spell_id, started_on, pause_no
),

placed as (
    select
        municipality_code,
        spell_id,
        first_day,
        last_day,
        days,
        date_diff('day', started_on, first_day) - coalesce(
            sum(days) over (
                partition by municipality_code, spell_id
                order by first_day
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as unpaused_before
    from pauses
)

select
    municipality_code,
    spell_id,
    list(
        struct_pack(
            first_day := first_day,
            last_day := last_day,
            days := days,
            unpaused_before := unpaused_before
        )
        order by first_day
    ) as pauses
from placed
group by municipality_code, spell_id
