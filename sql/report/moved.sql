-- grain: a cause
-- inputs: next.changes
-- provisions: counting.md 7
-- row: how much held and recognised (the duty, the whole country) moved for this cause since the
--      publication before
select
    cause,
    cast(sum(held) as bigint) as held,
    cast(sum(recognised) as bigint) as recognised
from next.changes
where regime = 'duty'
group by cause
