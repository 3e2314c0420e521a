-- grain: a level, place, month, set of cells, and whether units or persons are counted
-- inputs: units, people, next.municipalities
-- provisions: none
-- row: the units counted in exactly these cells, or the persons whose units, taken together at that
--      level, are: a person of two municipalities is one of their region, and one of the country
with counted as (
    select
        month,
        municipality_code,
        cells,
        count(*) as units
    from units
    group by month, municipality_code, cells
),

placed as (
    select
        p.month,
        p.municipality_code,
        m.region_code,
        p.person,
        p.cells
    from people as p
    inner join next.municipalities as m on p.municipality_code = m.municipality_code
),

regional as (
    select
        month,
        region_code,
        person,
        bit_or(cells) as cells
    from placed
    group by month, region_code, person
),

national as (
    select
        month,
        person,
        bit_or(cells) as cells
    from regional
    group by month, person
)

select
    'municipality' as level,
    municipality_code as place,
    month,
    cells,
    units,
    0 as persons
from counted
union all
select
    'region' as level,
    m.region_code as place,
    c.month,
    c.cells,
    sum(c.units) as units,
    0 as persons
from counted as c
inner join next.municipalities as m on c.municipality_code = m.municipality_code
group by m.region_code, c.month, c.cells
union all
select
    'country' as level,
    'DK' as place,
    month,
    cells,
    sum(units) as units,
    0 as persons
from counted
group by month, cells
union all
select
    'municipality' as level,
    municipality_code as place,
    month,
    cells,
    0 as units,
    count(*) as persons
from placed
group by municipality_code, month, cells
union all
select
    'region' as level,
    region_code as place,
    month,
    cells,
    0 as units,
    count(*) as persons
from regional
group by region_code, month, cells
union all
select
    'country' as level,
    'DK' as place,
    month,
    cells,
    0 as units,
    count(*) as persons
from national
group by month, cells
