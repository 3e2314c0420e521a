-- grain: a requirement and a month at whose end it was overdue
-- inputs: overdue, kinds, report_bits
-- provisions: counting.md 6 (status)
-- row: its month and place, whose it is, and the set of cells it is counted in
with sets as (
    select
        k.age,
        k.target_group,
        bit_or(b.bit) as cells
    from kinds as k
    inner join report_bits as b
        on k.measure = b.measure and k.split = b.split and k.category = b.category
    group by k.age, k.target_group
)

select
    q.month,
    q.municipality_code,
    cast(coalesce(q.citizen_key, md5(q.municipality_code || '/' || q.spell_id)) as uuid) as person,
    k.cells
from overdue as q
inner join sets as k on q.age = k.age and q.target_group = k.target_group
