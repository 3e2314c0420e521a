-- da: Rettidighed: andel krav opfyldt til tiden, i hele landet (tom kommune) og i hver kommune,
--     med 95 % konfidensinterval (Wilson).
-- en: On time: the share of requirements met in time, in the country (no municipality) and in each
--     municipality, with a 95 % confidence interval (Wilson).
-- columns: requirement_id, month, municipality_code, due, met, met_share, lowest_share,
--          highest_share
-- parameters: requirement=four-2024, month=, municipality=, target_group=
with sums as (
    select
        requirement_id,
        month,
        municipality_code,
        sum(due) as due,
        sum(met) as met,
        sum(met) / sum(due) as met_share
    from compliance
    where
        ($requirement is null or requirement_id = $requirement)
        and ($month is null or month = cast($month as date))
        and ($target_group is null or target_group = $target_group)
    group by grouping sets ((requirement_id, month), (requirement_id, month, municipality_code))
),

-- 1.96 standard deviations hold 95 % of a normal distribution
spread as (
    select
        *,
        met_share + pow(1.96, 2) / (2 * due) as middle,
        1.96 * sqrt(met_share * (1 - met_share) / due + pow(1.96 / (2 * due), 2)) as reach,
        1 + pow(1.96, 2) / due as scale
    from sums
)

select
    requirement_id,
    month,
    municipality_code,
    due,
    met,
    met_share,
    (middle - reach) / scale as lowest_share,
    (middle + reach) / scale as highest_share
from spread
where
    $municipality is null
    or municipality_code is null
    or municipality_code = $municipality
order by requirement_id, month, municipality_code nulls first
