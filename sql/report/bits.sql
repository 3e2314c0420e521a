-- grain: a cell (measure, split, category) of a family
-- inputs: kinds
-- provisions: none
-- row: the cell and its place in a set of cells, written as one number; a set of more than 126
--      cells would not fit in it and fails
with cells as (
    select distinct
        measure,
        split,
        category
    from kinds
)

select
    measure,
    split,
    category,
    cast(1 as hugeint) << cast(row_number() over () - 1 as hugeint) as bit
from cells
