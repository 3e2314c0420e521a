-- grain: a rejection code
-- inputs: next.rejections
-- provisions: counting.md 1
-- row: the rows of all deliveries that were rejected for it; a row may have several codes
with rows_of_code as (
    select distinct
        code,
        municipality_code,
        delivered_on,
        delivery_id,
        source_row
    from next.rejections
)

select
    code,
    count(*) as rejected
from rows_of_code
group by code
