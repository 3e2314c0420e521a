-- table: reasons
-- da: Afholdt er medregnet plus grundene, i hver celle af hvert regelsæt.
-- en: Held equals recognised plus the reasons, in every cell of every regime.
with explained as (
    select
        regime,
        month,
        municipality_code,
        target_group,
        mode,
        sum(not_recognised) as not_recognised,
        bool_or(sole > not_recognised) as sole_too_large
    from next.reasons
    group by regime, month, municipality_code, target_group, mode
)

select
    c.regime,
    c.month,
    c.municipality_code,
    c.target_group,
    c.mode
from next.counts as c
full join explained as e
    on
        c.regime = e.regime
        and c.month = e.month
        and c.municipality_code = e.municipality_code
        and c.target_group = e.target_group
        and c.mode = e.mode
where
    c.regime is null
    or c.gap != c.held - c.recognised
    or c.gap != coalesce(e.not_recognised, 0)
    or coalesce(e.sole_too_large, false)
