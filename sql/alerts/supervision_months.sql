-- grain: a municipality
-- inputs: next.supervision, law_thresholds
-- provisions: counting.md 6 (supervision threshold)
-- row: months in a row below the line, from the first; the agency makes contact at the threshold
with latest as (
    select max(month) as month
    from next.supervision
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
inner join latest as l on s.month = l.month
inner join law_thresholds as t
    on s.month >= t.valid_from and (t.valid_to is null or s.month < t.valid_to)
where s.months_in_a_row >= cast($least as integer)
