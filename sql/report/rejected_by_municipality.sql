-- grain: a municipality
-- inputs: next.deliveries
-- provisions: counting.md 1
-- row: the rows of its deliveries that were read, and those of them that were rejected
select
    municipality_code,
    cast(sum(rows_read) as bigint) as rows_read,
    cast(sum(rows_rejected) as bigint) as rejected
from next.deliveries
where status = 'accepted'
group by municipality_code
