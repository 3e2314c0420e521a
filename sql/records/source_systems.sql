-- grain: a municipality, a source system and a day of delivery
-- inputs: next.meetings, next.deliveries
-- provisions: interface.md 2 (the column system); counting.md 2 (mode)
-- row: how many current held meetings lack what a system should tell
select
    m.municipality_code,
    m.source_system,
    d.delivered_on,
    count(*) as held,
    count(*) filter (where m.mode = 'in_person') as in_person,
    count(*) filter (where m.mode = 'virtual') as virtual,
    count(*) filter (where m.mode = 'phone') as phone,
    count(*) filter (where m.mode = 'unknown') as mode_unknown,
    count(*) filter (where m.registered_at is null) as not_registered,
    count(*) filter (where m.summoned_on is null) as not_summoned
from next.meetings as m
inner join next.deliveries as d
    on
        m.municipality_code = d.municipality_code
        and m.delivery_id = d.delivery_id
        and d.status = 'accepted'
where m.status = 'held' and m.source_system is not null
group by m.municipality_code, m.source_system, d.delivered_on
