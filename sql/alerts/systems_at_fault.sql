-- grain: a source system and what it no longer tells
-- inputs: next.source_systems, next.deliveries, next.rejections, night
-- provisions: interface.md 2; counting.md 1, 2
-- row: in every municipality on the system, and in at most half of the others, a field lies empty
--      or cannot be read, or a mode has vanished, in the latest deliveries, unlike before.
--      explains: which alert of the municipalities it answers for
with told as (
    unpivot (
        select
            municipality_code,
            source_system,
            delivered_on,
            held as rows_seen,
            mode_unknown as samtaleform,
            not_registered as registreret,
            not_summoned as indkaldt,
            held - in_person as personligt,
            held - virtual as video,
            held - phone as telefon
        from next.source_systems
    )
    on samtaleform, registreret, indkaldt, personligt, video, telefon
    into name field value lacking
),

main_systems as (
    select
        municipality_code,
        max_by(source_system, held) as source_system
    from (
        select
            municipality_code,
            source_system,
            sum(held) as held
        from next.source_systems
        group by municipality_code, source_system
    ) as sums
    group by municipality_code
),

meeting_files as (
    select
        municipality_code,
        delivered_on,
        delivery_id,
        rows_read
    from next.deliveries
    where status = 'accepted' and kind = 'meetings'
),

read_days as (
    select
        municipality_code,
        delivered_on,
        sum(rows_read) as rows_seen,
        unnest(['samtale_id', 'cpr', 'samtaletype', 'status', 'start']) as field
    from meeting_files
    group by municipality_code, delivered_on
),

refused as (
    select
        r.municipality_code,
        r.delivered_on,
        r.column_name as field,
        count(distinct r.delivery_id || r.source_row) as lacking
    from next.rejections as r
    inner join meeting_files as f
        on
            r.municipality_code = f.municipality_code
            and r.delivered_on = f.delivered_on
            and r.delivery_id = f.delivery_id
    group by r.municipality_code, r.delivered_on, r.column_name
),

seen as (
    select
        municipality_code,
        source_system,
        delivered_on,
        field,
        rows_seen,
        lacking,
        'gap' as explains
    from told
    union all
    select
        d.municipality_code,
        s.source_system,
        d.delivered_on,
        d.field,
        d.rows_seen,
        coalesce(r.lacking, 0) as lacking,
        'rejected' as explains
    from read_days as d
    inner join main_systems as s on d.municipality_code = s.municipality_code
    left join refused as r
        on
            d.municipality_code = r.municipality_code
            and d.delivered_on = r.delivered_on
            and d.field = r.field
),

placed as (
    select
        s.municipality_code,
        s.source_system,
        s.field,
        s.explains,
        s.rows_seen,
        s.lacking,
        s.delivered_on > n.as_of - cast($days as integer)
        and coalesce(
            sum(s.rows_seen) over (
                partition by s.municipality_code, s.source_system, s.explains, s.field
                order by s.delivered_on desc
                rows between unbounded preceding and 1 preceding
            ), 0
        ) < cast($least as integer) as is_latest
    from seen as s
    cross join night as n
),

shares as (
    select
        municipality_code,
        source_system,
        field,
        explains,
        field in ('personligt', 'video', 'telefon') as is_mode,
        sum(rows_seen) filter (where is_latest) as seen_now,
        sum(lacking) filter (where is_latest) as lacking_now,
        sum(lacking) filter (where is_latest)
        / sum(rows_seen) filter (where is_latest) as share_now,
        sum(lacking) filter (where not is_latest)
        / sum(rows_seen) filter (where not is_latest) as share_before
    from placed
    group by municipality_code, source_system, field, explains
),

judged as (
    select
        *,
        case
            when is_mode then share_now = 1
            else share_now >= share_before + cast($field_share as double)
        end as is_at_fault
    from shares
    where
        seen_now >= cast($least as integer)
        and case
            when is_mode then (1 - share_before) * seen_now >= cast($expected as double)
            else share_before <= 1 - cast($field_share as double)
        end
),

systems as (
    select
        source_system,
        field,
        explains,
        is_mode,
        sum(lacking_now) / sum(seen_now) as share_now,
        avg(share_before) as share_before,
        sum(lacking_now) as lacking,
        list(municipality_code order by municipality_code) as municipalities,
        count(*) as judged,
        count(*) filter (where is_at_fault) as at_fault
    from judged
    group by source_system, field, explains, is_mode
),

beside_others as (
    select
        *,
        sum(judged) over (partition by field) - judged as others_judged,
        sum(at_fault) over (partition by field) - at_fault as others_at_fault
    from systems
),

faults as (
    select *
    from beside_others
    where
        at_fault = judged
        and judged >= cast($municipalities as integer)
        and others_at_fault <= others_judged / 2
)

select
    source_system,
    field,
    explains,
    share_now,
    share_before,
    cast(lacking as bigint) as lacking,
    municipalities
from faults
-- where the form itself is gone, the modes are gone with it: that is one message
qualify not is_mode or not bool_or(field = 'samtaleform') over (partition by source_system)
