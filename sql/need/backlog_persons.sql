-- grain: a municipality
-- inputs: overdue_spells
-- provisions: none
-- row: the persons whose spells are overdue
select
    place,
    count(distinct person) as persons
from overdue_spells
group by place
