-- table: meetings
-- da: Tilsynet medregner aldrig en samtale, som pligten ikke medregner.
-- en: Supervision never recognises a meeting that the duty does not.
select
    municipality_code,
    meeting_id
from next.meetings
where len(failed_supervision) = 0 and len(failed_rules) > 0
