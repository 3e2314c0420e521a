-- grain: a month, municipality and person with units of the month in other municipalities too
-- inputs: units, people
-- provisions: none
-- row: the set of cells that the person's units there are counted in
select
    u.month,
    u.municipality_code,
    u.person,
    bit_or(u.cells) as cells
from units as u
inner join people as p
    on
        u.month = p.month
        and u.person = p.person
        and p.first_code != p.last_code
group by u.month, u.municipality_code, u.person
