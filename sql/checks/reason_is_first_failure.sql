-- table: meetings
-- da: Grunden er den første fejlede regel; medregnet er netop afholdt uden fejlede regler.
-- en: The reason is the first failed rule, and a meeting is recognised exactly when held with none.
select
    municipality_code,
    meeting_id
from next.meetings
where
    reason is distinct from failed_rules[1]
    or sole_reason != (len(failed_rules) = 1)
    or recognised != (status = 'held' and len(failed_rules) = 0)
    or (status != 'held' and len(failed_rules) + len(failed_register) + len(failed_supervision) > 0)
