-- grain: a municipality, a target group, the weeks in which a spell started and its first overdue
--      requirement was due
-- inputs: overdue_spells
-- provisions: none
-- row: the spells, and the meetings they lack
select
    place,
    target_group,
    started,
    due,
    count(*) as spells,
    sum(meetings) as meetings
from overdue_spells
group by all
