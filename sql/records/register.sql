-- grain: a delivered file received by the reporting day
-- inputs: lake_deliveries, lake_contents, night
-- provisions: counting.md 1 (repeat, unreadable) and 7 (only what was received by then)
-- row: what the file is, and its place in the order of versions (day, then file name)
with received as (
    select
        d.municipality_code,
        d.delivered_on,
        d.file,
        d.delivery_id,
        d.delivery_key,
        row_number() over (
            order by d.delivered_on, d.file, d.municipality_code
        ) as delivery_no,
        row_number() over (
            partition by d.municipality_code, d.delivery_id
            order by d.delivered_on, d.file
        ) as time_delivered
    from lake_deliveries as d
    cross join night as n
    where d.delivered_on <= n.as_of
)

select
    r.municipality_code,
    r.delivered_on,
    r.file,
    r.delivery_id,
    r.delivery_key,
    r.delivery_no,
    c.kind,
    c.encoding,
    c.separator,
    case
        when r.delivery_id is null then 'unreadable'
        when r.time_delivered > 1 then 'repeat'
        when c.delivery_key is null or c.reason is not null then 'unreadable'
        else 'accepted'
    end as status,
    case
        when r.delivery_id is null then 'too_large'
        when r.time_delivered > 1 then null
        when c.delivery_key is null then 'corrupt_file'
        else c.reason
    end as reason,
    case
        when r.delivery_id is null
            then 'Filen er for stor til at blive læst. Del den i flere.'
        when r.time_delivered > 1
            then 'Filen er leveret før, byte for byte, og tæller ikke igen.'
        when c.delivery_key is null
            then 'Filen forsvandt, før den blev læst. Levér den igen.'
        else c.message_da
    end as message_da,
    coalesce(c.rows_read, 0) as rows_read,
    coalesce(c.rows_erased, 0) as rows_erased
from received as r
left join lake_contents as c
    on r.delivery_key = c.delivery_key and r.time_delivered = 1
