-- grain: a municipality that has delivered meetings
-- inputs: next.deliveries
-- provisions: counting.md 1 (a missing delivery is a row too: never a zero)
-- row: the latest day of delivery of meetings, and the one before it: what fell due later than
--      that is not the municipality's doing but a delivery that has not come
select
    municipality_code,
    max(delivered_on) as through_on,
    max(delivered_on) filter (where place = 2) as before_on
from (
    select
        municipality_code,
        delivered_on,
        dense_rank() over (partition by municipality_code order by delivered_on desc) as place
    from next.deliveries
    where status = 'accepted' and kind = 'meetings' and rows_read > 0
) as days
group by municipality_code
