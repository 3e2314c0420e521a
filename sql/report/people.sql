-- grain: a month, municipality and person
-- inputs: units
-- provisions: none
-- row: the set of cells that the person's units of the month are counted in
select
    month,
    municipality_code,
    person,
    bit_or(cells) as cells
from units
group by month, municipality_code, person
