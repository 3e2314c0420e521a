-- grain: a delivered file
-- inputs: next.deliveries, next.municipalities
-- provisions: counting.md 1 (the outcomes sum to the rows read)
-- row: what the file was and what became of its rows; of a repeat also the file it repeats
with originals as (
    select
        municipality_code,
        delivery_id,
        delivered_on,
        file
    from next.deliveries
    where status != 'repeat'
)

select
    d.municipality_code,
    p.name as municipality,
    d.delivery_id,
    d.delivered_on,
    d.file,
    d.kind,
    d.encoding,
    d.separator,
    d.rows_read,
    d.rows_accepted,
    d.rows_superseded,
    d.rows_withdrawn,
    d.rows_rejected,
    d.rows_erased,
    d.status,
    d.message_da,
    o.delivered_on as repeats_day,
    o.file as repeats_file
from next.deliveries as d
inner join next.municipalities as p on d.municipality_code = p.municipality_code
left join originals as o
    on
        d.status = 'repeat'
        and d.municipality_code = o.municipality_code
        and d.delivery_id = o.delivery_id
