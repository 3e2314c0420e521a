-- grain: a municipality
-- inputs: next.supervision, law_thresholds, delivered_through
-- provisions: counting.md 6 (supervision threshold)
-- row: months in a row below the line up to the latest settled month, from the first; the agency
--      makes contact at the threshold
with settled_months as (
    select
        municipality_code,
        cast(
            date_trunc('month', through_on - cast($settled_days as integer) + 1)
            - interval 1 month as date
        ) as month
    from delivered_through
)

select
    s.municipality_code,
    cast(null as varchar) as target_group,
    cast(null as varchar) as subject,
    s.month as period,
    cast(s.months_in_a_row as double) as value,
    cast(t.months_in_a_row as double) as threshold,
    s.reached_six_months - s.with_four as cases
from next.supervision as s
inner join settled_months as l
    on s.municipality_code = l.municipality_code and s.month = l.month
inner join law_thresholds as t on s.month >= t.valid_from and s.month < t.valid_to
where s.months_in_a_row >= cast($least as integer)
