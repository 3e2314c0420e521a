-- grain: a level, place, month, set of cells, and what is counted
-- inputs: units, people, movers, next.municipalities
-- provisions: none
-- row: the units counted in exactly these cells, or the persons whose units, taken together at that
--      level, are: a person of two municipalities is one of their region, and one of the country.
--      Whoever was in one municipality only is counted there and added up; movers one level at a
--      time
with counted as (
    select
        month,
        municipality_code,
        cells,
        count(*) as units,
        0 as persons
    from units
    group by month, municipality_code, cells
    union all
    select
        month,
        first_code as municipality_code,
        cells,
        0 as units,
        count(*) as persons
    from people
    where first_code = last_code
    group by month, first_code, cells
),

moved as (
    select
        p.month,
        p.municipality_code,
        m.region_code,
        p.person,
        p.cells
    from movers as p
    inner join next.municipalities as m on p.municipality_code = m.municipality_code
),

moved_in_region as (
    select
        month,
        region_code,
        person,
        bit_or(cells) as cells
    from moved
    group by month, region_code, person
)

select
    'municipality' as level,
    municipality_code as place,
    month,
    cells,
    units,
    persons
from counted
union all
select
    'region' as level,
    m.region_code as place,
    c.month,
    c.cells,
    sum(c.units) as units,
    sum(c.persons) as persons
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
    sum(persons) as persons
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
from moved
group by municipality_code, month, cells
union all
select
    'region' as level,
    region_code as place,
    month,
    cells,
    0 as units,
    count(*) as persons
from moved_in_region
group by region_code, month, cells
union all
select
    'country' as level,
    'DK' as place,
    month,
    cells,
    0 as units,
    count(*) as persons
from people
where first_code != last_code
group by month, cells
