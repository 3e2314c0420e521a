-- grain: a form as written, and what its remark says of the mode
-- inputs: lake_meetings
-- provisions: counting.md 2 (mode)
-- row: the pair occurs in a delivered meeting
select distinct
    coalesce(form, '') as form,
    coalesce(remark_mode, '') as remark_mode
from lake_meetings
