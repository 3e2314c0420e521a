-- table: supervision
-- da: Andelen er forløb med fire samtaler af dem ved seks måneder; månederne i træk tæller op.
-- en: The share is spells with four meetings of those at six months; the months in a row count up.
with neighbours as (
    select
        *,
        lag(months_in_a_row) over (
            partition by municipality_code
            order by month
        ) as before,
        lag(month) over (
            partition by municipality_code
            order by month
        ) as month_before
    from next.supervision
)

select
    municipality_code,
    month
from neighbours
where
    with_four > reached_six_months
    or share != with_four / reached_six_months
    or (below_threshold != (months_in_a_row > 0))
    or (
        below_threshold
        and months_in_a_row != 1 + case
            when month_before = month - interval '1 month' then coalesce(before, 0) else 0
        end
    )
