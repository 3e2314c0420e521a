-- grain: a day on which a meeting starts
-- inputs: lake_meetings
-- provisions: counting.md 5 (the law of the day)
-- row: the day, whatever became of its meetings
select distinct cast(started_at as date) as held_on
from lake_meetings
