-- grain: a month and person
-- inputs: units
-- provisions: none
-- row: the first and last by code of the municipalities that have the person's units of the month,
--      and the set of cells that those are counted in
select
    month,
    person,
    min(municipality_code) as first_code,
    max(municipality_code) as last_code,
    bit_or(cells) as cells
from units
group by month, person
