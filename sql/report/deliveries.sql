-- grain: a municipality and a day on which it delivered
-- inputs: next.deliveries
-- provisions: counting.md 1
-- row: its files of the day by what became of them, and their rows
select
    municipality_code,
    delivered_on,
    count(*) as files,
    count(*) filter (where status = 'repeat') as repeats,
    count(*) filter (where status = 'unreadable') as unreadable,
    cast(sum(rows_read) as bigint) as rows_read,
    cast(sum(rows_rejected) as bigint) as rows_rejected
from next.deliveries
group by municipality_code, delivered_on
