-- grain: a spell that reached the threshold's months, in the months of the report
-- inputs: reaching, kinds, report_bits, report_months
-- provisions: counting.md 6 (supervision threshold)
-- row: its month and place, whose it is, and the set of cells it is counted in
with sets as (
    select
        k.has_enough,
        bit_or(b.bit) as cells
    from kinds as k
    inner join report_bits as b
        on k.measure = b.measure and k.split = b.split and k.category = b.category
    group by k.has_enough
)

select
    r.month,
    r.municipality_code,
    cast(coalesce(r.citizen_key, md5(r.municipality_code || '/' || r.spell_id)) as uuid) as person,
    k.cells
from reaching as r
inner join sets as k on r.has_enough = k.has_enough
inner join report_months as m on r.month = m.month
