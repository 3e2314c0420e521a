-- grain: a source system and what it no longer tells
-- inputs: next.source_systems, night
-- provisions: interface.md 2; counting.md 2
-- row: in every municipality that uses the system, and in no more than a few others, a field lies
--      empty or a mode has vanished in the latest deliveries, unlike before
with counted as (
    unpivot (
        select
            s.municipality_code,
            s.source_system,
            s.delivered_on > n.as_of - cast($days as integer) as is_recent,
            s.held,
            s.mode_unknown as samtaleform,
            s.not_registered as registreret,
            s.not_summoned as indkaldt,
            s.held - s.in_person as personligt,
            s.held - s.virtual as video,
            s.held - s.phone as telefon
        from next.source_systems as s
        cross join night as n
    )
    on samtaleform, registreret, indkaldt, personligt, video, telefon
    into name field value lacking
),

shares as (
    select
        municipality_code,
        source_system,
        field,
        field in ('personligt', 'video', 'telefon') as is_mode,
        coalesce(sum(held) filter (where is_recent), 0) as held_now,
        coalesce(sum(lacking) filter (where is_recent), 0) as lacking_now,
        sum(lacking) filter (where is_recent) / sum(held) filter (where is_recent) as share_now,
        sum(lacking) filter (where not is_recent)
        / sum(held) filter (where not is_recent) as share_before
    from counted
    group by municipality_code, source_system, field
),

judged as (
    select
        *,
        case
            when is_mode then share_now = 1 and share_before <= 1 - cast($mode_share as double)
            else
                share_now >= cast($field_share as double)
                and share_now >= share_before + cast($field_share as double)
        end as is_at_fault
    from shares
    where held_now >= cast($least as integer) and share_before is not null
)

select
    source_system,
    field,
    sum(lacking_now) / sum(held_now) as share_now,
    avg(share_before) as share_before,
    cast(sum(lacking_now) as bigint) as lacking,
    list(municipality_code order by municipality_code) as municipalities
from judged
group by source_system, field
having bool_and(is_at_fault) and count(*) >= cast($municipalities as integer)
