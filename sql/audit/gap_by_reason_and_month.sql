-- da: Hvorfor afholdte samtaler ikke medregnes, måned for måned; grundene summer til forskellen.
-- en: Why held meetings are not recognised, month by month; the reasons sum to the gap.
-- columns: regime, month, reason, not_recognised, sole, held, share_of_held
-- parameters: regime=duty, municipality=, target_group=, mode=
with held as (
    select
        month,
        sum(held) as held
    from counts
    where
        regime = $regime
        and ($municipality is null or municipality_code = $municipality)
        and ($target_group is null or target_group = $target_group)
        and ($mode is null or mode = $mode)
    group by month
),

gap as (
    select
        regime,
        month,
        reason,
        sum(not_recognised) as not_recognised,
        sum(sole) as sole
    from reasons
    where
        regime = $regime
        and ($municipality is null or municipality_code = $municipality)
        and ($target_group is null or target_group = $target_group)
        and ($mode is null or mode = $mode)
    group by regime, month, reason
)

select
    g.regime,
    g.month,
    g.reason,
    g.not_recognised,
    g.sole,
    h.held,
    g.not_recognised / h.held as share_of_held
from gap as g
inner join held as h on g.month = h.month
order by g.month asc, g.not_recognised desc, g.reason asc
