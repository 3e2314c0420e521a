-- grain: a rejected row and a reason
-- inputs: lake_rejections, register, messages
-- provisions: counting.md 1 (every reason at once)
-- row: which cell is wrong, why, and how to mend it; never the value of the cell
select
    r.delivery_id,
    r.municipality_code,
    j.source_row,
    j.record_id,
    j.column_name,
    j.code,
    m.message_da,
    m.message_en,
    m.fix_da,
    r.delivered_on
from lake_rejections as j
inner join register as r on j.delivery_key = r.delivery_key and r.status = 'accepted'
inner join messages as m on j.code = m.code
order by r.municipality_code, r.delivered_on, r.file, j.source_row, j.code
