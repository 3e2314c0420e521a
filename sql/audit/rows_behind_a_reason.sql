-- da: Talpas: samtalerne bag én celle i reasons: dem med den som første grund. sole_reason er
--     sand, hvor den også er den eneste.
-- en: Number passport: the meetings behind one cell of reasons, those whose first reason it is.
--     sole_reason is true where it is the only one too.
-- columns: municipality_code, meeting_id, started_at, target_group, meeting_type, mode,
--          mode_evidence, reason, sole_reason, failed_rules, delivered_on, file, source_row
-- parameters: regime=duty, month=2020-04-01, municipality=101, target_group=, mode=, reason=
with judged as (
    select
        *,
        case $regime
            when 'register' then failed_register
            when 'duty' then failed_rules
            when 'supervision' then failed_supervision
        end as failed
    from meetings
    where
        status = 'held'
        and ($month is null or date_trunc('month', held_on) = cast($month as date))
        and ($municipality is null or municipality_code = $municipality)
        and ($target_group is null or target_group = $target_group)
        and ($mode is null or mode = $mode)
)

select
    m.municipality_code,
    m.meeting_id,
    m.started_at,
    m.target_group,
    m.meeting_type,
    m.mode,
    m.mode_evidence,
    m.failed[1] as reason,
    len(m.failed) = 1 as sole_reason,
    m.failed as failed_rules,
    d.delivered_on,
    d.file,
    m.source_row
from judged as m
left join deliveries as d
    on
        m.municipality_code = d.municipality_code
        and m.delivery_id = d.delivery_id
        and d.status = 'accepted'
where len(m.failed) > 0 and ($reason is null or m.failed[1] = $reason)
order by m.municipality_code, m.started_at, m.meeting_id
