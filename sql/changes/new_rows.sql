-- grain: a regime and municipality
-- inputs: earlier_meetings, earlier_deliveries, later_meetings, later_deliveries, change_basis
-- provisions: counting.md 7
-- row: held and recognised meetings that the earlier count had in no version, less those that only
--      the earlier count had, from deliveries the later one lacks (a look back at a past day);
--      late are those held before the reporting day of the earlier count
with added as (
    select
        m.municipality_code,
        m.failed_register,
        m.failed_rules,
        m.failed_supervision,
        1 as weight,
        coalesce(m.held_on < b.day_before, false) as is_late
    from later_meetings as m
    cross join change_basis as b
    where
        m.status = 'held'
        and not exists (
            select 1
            from earlier_deliveries as d
            where d.municipality_code = m.municipality_code and d.delivery_id = m.delivery_id
        )
        and not exists (
            select 1
            from earlier_meetings as e
            where e.municipality_code = m.municipality_code and e.meeting_id = m.meeting_id
        )
),

gone as (
    select
        m.municipality_code,
        m.failed_register,
        m.failed_rules,
        m.failed_supervision,
        -1 as weight,
        false as is_late
    from earlier_meetings as m
    where
        m.status = 'held'
        and not exists (
            select 1
            from later_deliveries as d
            where d.municipality_code = m.municipality_code and d.delivery_id = m.delivery_id
        )
        and not exists (
            select 1
            from later_meetings as e
            where e.municipality_code = m.municipality_code and e.meeting_id = m.meeting_id
        )
),

moved as (
    select
        municipality_code,
        failed_register,
        failed_rules,
        failed_supervision,
        weight,
        is_late
    from added
    union all
    select
        municipality_code,
        failed_register,
        failed_rules,
        failed_supervision,
        weight,
        is_late
    from gone
),

judged as (
    select
        municipality_code,
        weight,
        is_late,
        unnest(['held', 'register', 'duty', 'supervision']) as regime,
        unnest(
            [
                true,
                len(failed_register) = 0,
                len(failed_rules) = 0,
                len(failed_supervision) = 0
            ]
        ) as recognised
    from moved
)

select
    regime,
    municipality_code,
    sum(weight) as held,
    coalesce(sum(weight) filter (where recognised), 0) as recognised,
    count(*) filter (where is_late) as held_late,
    count(*) filter (where is_late and recognised) as recognised_late
from judged
group by regime, municipality_code
