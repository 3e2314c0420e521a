-- grain: a held meeting and a regime
-- inputs: meetings
-- provisions: counting.md 5
-- row: whether the regime recognises the meeting, and every rule it does not meet
with judged as (
    select
        municipality_code,
        meeting_id,
        'held' as regime,
        cast([] as varchar[]) as failed_rules
    from meetings
    where status = 'held'
    union all
    select
        municipality_code,
        meeting_id,
        'register' as regime,
        failed_register as failed_rules
    from meetings
    where status = 'held'
    union all
    select
        municipality_code,
        meeting_id,
        'duty' as regime,
        failed_rules
    from meetings
    where status = 'held'
    union all
    select
        municipality_code,
        meeting_id,
        'supervision' as regime,
        failed_supervision as failed_rules
    from meetings
    where status = 'held'
)

select
    municipality_code,
    meeting_id,
    regime,
    len(failed_rules) = 0 as recognised,
    failed_rules[1] as reason,
    failed_rules,
    len(failed_rules) = 1 as sole_reason
from judged
