-- grain: a municipality, a target group, the weeks in which a spell started and has a requirement
--      due, and the number of meetings required
-- inputs: running_requirements
-- provisions: none
-- row: the requirements, and the meetings of them that are recognised already
select
    place,
    target_group,
    started,
    due,
    required,
    count(*) as requirements,
    sum(recognised) as recognised
from running_requirements
group by all
