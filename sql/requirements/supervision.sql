-- grain: a municipality and a month in which a spell reached six months
-- inputs: reaching
-- provisions: counting.md 6 (supervision threshold)
-- row: how many of those spells had enough meetings before that day, and whether the ministry is
--      expected to make contact
with months as (
    select
        municipality_code,
        month,
        count(*) as reached_six_months,
        count(*) filter (where has_enough) as with_four,
        count(*) filter (where has_enough) / count(*) as share,
        any_value(months_to_contact) as months_to_contact,
        count(*) filter (where has_enough) / count(*) < any_value(least_share)
        and count(*) >= any_value(least_spells) as below_threshold
    from reaching
    group by municipality_code, month
),

numbered as (
    select
        *,
        year(month) * 12 + month(month) as month_no,
        row_number() over (
            partition by municipality_code, below_threshold
            order by month
        ) as place
    from months
),

rows_in_a_row as (
    select
        *,
        case
            when below_threshold
                then row_number() over (
                    partition by municipality_code, below_threshold, month_no - place
                    order by month
                )
            else 0
        end as months_in_a_row
    from numbered
)

select
    municipality_code,
    month,
    reached_six_months,
    with_four,
    share,
    below_threshold,
    months_in_a_row,
    months_in_a_row >= months_to_contact as contact_expected
from rows_in_a_row
