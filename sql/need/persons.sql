-- grain: a municipality, or a week in the whole country
-- inputs: running_requirements
-- provisions: none
-- row: the persons with a requirement due within the weeks after the origin; the week is null for
--      a municipality, the municipality for a week
select
    place,
    due,
    count(distinct person) as persons
from running_requirements
where due - $origin <= $weeks
group by grouping sets (place, due)
