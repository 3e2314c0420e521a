-- grain: a requirement due in the months of the report
-- inputs: next.requirements, kinds, report_bits, report_months
-- provisions: counting.md 6
-- row: its month and place, whose it is, and the set of cells it is counted in
with sets as (
    select
        k.status,
        k.target_group,
        bit_or(b.bit) as cells
    from kinds as k
    inner join report_bits as b
        on k.measure = b.measure and k.split = b.split and k.category = b.category
    group by all
)

select
    m.month,
    q.municipality_code,
    cast(coalesce(q.citizen_key, md5(q.municipality_code || '/' || q.spell_id)) as uuid) as person,
    k.cells
from next.requirements as q
inner join sets as k on q.status = k.status and q.target_group = k.target_group
inner join report_months as m on date_trunc('month', q.due_on) = m.month
