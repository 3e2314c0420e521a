-- grain: a month, municipality, target group, mode, and the reasons of the three regimes that
--        have rules
-- inputs: next.meetings
-- provisions: counting.md 5
-- row: the number of held meetings that are alike in all of them
select
    date_trunc('month', held_on) as month,
    municipality_code,
    target_group,
    mode,
    reason as duty_reason,
    sole_reason as duty_sole,
    failed_register[1] as register_reason,
    len(failed_register) = 1 as register_sole,
    failed_supervision[1] as supervision_reason,
    len(failed_supervision) = 1 as supervision_sole,
    count(*) as meetings
from next.meetings
where status = 'held'
group by all
