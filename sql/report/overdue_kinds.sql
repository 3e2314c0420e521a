-- grain: a kind of overdue requirement (alike in age and target group) and a cell
-- inputs: overdue
-- provisions: counting.md 6 (status)
-- row: a cell that every requirement of the kind is counted in
with kinds as (
    select distinct
        age,
        target_group
    from overdue
)

select
    age,
    target_group,
    'overdue' as measure,
    unnest(['', 'age', 'target_group']) as split,
    unnest(['', age, target_group]) as category
from kinds
