-- grain: a level, place, month and cell (measure, split, category)
-- inputs: report_sets, report_bits
-- provisions: counting.md 5 and 6
-- row: the units in the cell and the distinct persons behind them; only the country tells which
--      reason was the only one
with members as (
    select
        s.cells,
        b.measure,
        b.split,
        b.category
    from (select distinct cells from report_sets) as s
    inner join report_bits as b on (s.cells & b.bit) != 0
)

select
    cast(s.month as date) as month,
    s.level,
    s.place,
    m.measure,
    m.split,
    m.category,
    cast(sum(s.units) as bigint) as value,
    cast(sum(s.persons) as bigint) as persons
from report_sets as s
inner join members as m on s.cells = m.cells
where m.split != 'sole_reason' or s.level = 'country'
group by s.month, s.level, s.place, m.measure, m.split, m.category
