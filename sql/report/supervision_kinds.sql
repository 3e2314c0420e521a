-- grain: a kind of spell that reached the threshold's months (with or without enough meetings)
--        and a cell
-- inputs: reaching
-- provisions: counting.md 6 (supervision threshold)
-- row: a cell that every spell of the kind is counted in
with kinds as (select distinct has_enough from reaching)

select
    has_enough,
    'reached' as measure,
    '' as split,
    '' as category
from kinds
union all
select
    has_enough,
    case when has_enough then 'with_four' else 'without_four' end as measure,
    '' as split,
    '' as category
from kinds
