-- grain: a meeting held but not recognised in duty in the twelve months up to the reporting day
-- inputs: next.meetings, next.law, next.deliveries, switched_on, meeting_types, mendings, night
-- provisions: counting.md 5 (duty)
-- row: a line of the worklist «afholdt_ikke_medregnet»: the meeting, every rule it fails, the law
--      that decided, what would mend it, and the row of the file it was read from
select
    m.municipality_code,
    m.meeting_id,
    m.spell_id,
    m.citizen_key,
    m.target_group,
    m.held_on,
    m.meeting_type,
    t.meeting_type_da,
    m.mode,
    m.actor,
    m.reason,
    m.failed_rules,
    f.mending,
    f.fix_da,
    m.rule_version,
    l.instrument_title,
    l.provision,
    d.file,
    d.delivered_on,
    m.source_row
from next.meetings as m
inner join switched_on as o on m.municipality_code = o.municipality_code
cross join night as n
inner join meeting_types as t on m.meeting_type = t.meeting_type
inner join mendings as f on m.reason = f.reason
left join next.law as l on m.rule_version = l.rule_version
left join next.deliveries as d
    on
        m.municipality_code = d.municipality_code
        and m.delivery_id = d.delivery_id
        and d.status = 'accepted'
where
    m.status = 'held'
    and not m.recognised
    and m.held_on > cast(n.as_of - to_months(12) as date)
    and m.held_on <= n.as_of
