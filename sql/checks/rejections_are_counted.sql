-- table: deliveries
-- da: De afviste rækker er netop dem, leverancerne melder.
-- en: The rejected rows are exactly those the deliveries report.
with rejected as (
    select
        municipality_code,
        delivered_on,
        delivery_id,
        count(distinct source_row) as rows_rejected
    from next.rejections
    group by municipality_code, delivered_on, delivery_id
),

reported as (
    select
        municipality_code,
        delivered_on,
        delivery_id,
        rows_rejected
    from next.deliveries
    where rows_rejected > 0
)

select
    coalesce(a.municipality_code, b.municipality_code) as municipality_code,
    coalesce(a.delivery_id, b.delivery_id) as delivery_id
from rejected as a
full join reported as b
    on
        a.municipality_code = b.municipality_code
        and a.delivered_on = b.delivered_on
        and a.delivery_id = b.delivery_id
where coalesce(a.rows_rejected, 0) != coalesce(b.rows_rejected, 0)
