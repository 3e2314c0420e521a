-- grain: a current meeting
-- inputs: next.judged_meetings, base.meetings, judged_days
-- provisions: counting.md 5
-- row: the meeting as judged anew, or on days whose law is the same as the publication judged it
select *
from next.judged_meetings
union all by name
select m.*
from base.meetings as m
cross join judged_days as d
where m.held_on not between d.first_day and d.last_day
