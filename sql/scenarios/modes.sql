-- grain: a mode, what decided it, and whether form and remark named two
-- inputs: base.meetings
-- provisions: counting.md 2 (as the publication read it)
-- row: the mode under the names that current_meetings gives it
select distinct
    mode as form,
    concat(mode_evidence, ' ', mode_conflict) as remark_mode,
    mode,
    mode_evidence,
    mode_conflict
from base.meetings
