-- grain: a municipality, day of delivery and reason why files could not be read
-- inputs: next.deliveries
-- provisions: counting.md 1
-- row: the number of those files
select
    municipality_code,
    delivered_on,
    reason,
    count(*) as files
from next.deliveries
where status = 'unreadable'
group by municipality_code, delivered_on, reason
