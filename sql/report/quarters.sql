-- grain: a unit of the report
-- inputs: units
-- provisions: none
-- row: the same unit, with its quarter in place of its month
select
    cast(date_trunc('quarter', month) as date) as month,
    municipality_code,
    person,
    cells
from units
