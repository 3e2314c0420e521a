-- grain: a day on which a meeting starts, and what can decide it (a reason, or the rule that
--        accepted the meeting)
-- inputs: meeting_days, law_in_force, reason_codes
-- provisions: counting.md 5
-- row: the version of the rule that holds on the day
select
    d.held_on,
    r.decided_by,
    l.rule_version,
    l.value
from meeting_days as d
cross join reason_codes as r
inner join law_in_force as l
    on
        r.family = l.family
        and d.held_on >= l.valid_from
        and d.held_on < l.valid_to
