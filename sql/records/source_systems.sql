-- grain: a municipality, a source system and a day of delivery
-- inputs: next.meetings, next.deliveries
-- provisions: interface.md 2 (the column system); counting.md 2 (mode)
-- row: how many current held meetings lack what a system should tell. Spellings that differ only
--      in case and outer spaces are one system, called by the last of them in order
--      ("Momentum" before "MOMENTUM")
with spelled as (
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
    where m.status = 'held' and trim(m.source_system) != ''
    group by m.municipality_code, m.source_system, d.delivered_on
),

named as (
    select
        municipality_code,
        max(trim(source_system)) over (partition by lower(trim(source_system))) as source_system,
        delivered_on,
        held,
        in_person,
        virtual,
        phone,
        mode_unknown,
        not_registered,
        not_summoned
    from spelled
)

select
    municipality_code,
    source_system,
    delivered_on,
    sum(held) as held,
    sum(in_person) as in_person,
    sum(virtual) as virtual,
    sum(phone) as phone,
    sum(mode_unknown) as mode_unknown,
    sum(not_registered) as not_registered,
    sum(not_summoned) as not_summoned
from named
group by municipality_code, source_system, delivered_on
