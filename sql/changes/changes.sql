-- grain: a regime, municipality and cause
-- inputs: counts_before, counts_recoded, counts_redelivered, next.counts, new_rows, change_basis
-- provisions: counting.md 7
-- row: how much held and recognised moved for this cause since the publication before. The same
--      meetings are counted in four steps: as published before, by today's code, with today's
--      deliveries, under today's law; each step has its cause, so the causes sum to the change.
--      Late are the new rows of meetings held before the reporting day of the publication before
with totals as (
    select
        1 as step,
        regime,
        municipality_code,
        held,
        recognised
    from counts_before
    union all
    select
        2 as step,
        regime,
        municipality_code,
        held,
        recognised
    from counts_recoded
    union all
    select
        3 as step,
        regime,
        municipality_code,
        held,
        recognised
    from counts_redelivered
    union all
    select
        4 as step,
        regime,
        municipality_code,
        held,
        recognised
    from next.counts
),

steps as (
    select
        regime,
        municipality_code,
        step,
        sum(held) as held,
        sum(recognised) as recognised
    from totals
    group by regime, municipality_code, step
),

moves as (
    select
        regime,
        municipality_code,
        step,
        held,
        recognised
    from steps
    union all
    select
        regime,
        municipality_code,
        step + 1 as step,
        -held as held,
        -recognised as recognised
    from steps
),

causes as (
    select
        m.regime,
        m.municipality_code,
        case m.step
            when 2 then 'code'
            when 3 then case when b.is_recoded then 'corrections' else 'inseparable' end
            else 'law'
        end as cause,
        m.held,
        m.recognised,
        0 as held_late,
        0 as recognised_late
    from moves as m
    cross join change_basis as b
    where m.step between 2 and 4
    union all
    select
        regime,
        municipality_code,
        'new_rows' as cause,
        held,
        recognised,
        held_late,
        recognised_late
    from new_rows
    union all
    select
        n.regime,
        n.municipality_code,
        case when b.is_recoded then 'corrections' else 'inseparable' end as cause,
        -n.held as held,
        -n.recognised as recognised,
        0 as held_late,
        0 as recognised_late
    from new_rows as n
    cross join change_basis as b
)

select
    regime,
    municipality_code,
    cause,
    sum(held) as held,
    sum(recognised) as recognised,
    sum(held_late) as held_late,
    sum(recognised_late) as recognised_late
from causes
group by regime, municipality_code, cause
having sum(held) != 0 or sum(recognised) != 0 or sum(held_late) != 0
order by regime, municipality_code, cause
