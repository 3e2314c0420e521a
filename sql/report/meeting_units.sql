-- grain: a held meeting
-- inputs: next.meetings, kinds, report_bits
-- provisions: counting.md 5
-- row: its month and place, whose it is, and the set of cells it is counted in; a meeting without
--      a citizen stands for a person of its own
with sets as (
    select
        k.mode,
        k.target_group,
        k.reason,
        k.sole_reason,
        k.in_register,
        k.in_supervision,
        bit_or(b.bit) as cells
    from kinds as k
    inner join report_bits as b
        on k.measure = b.measure and k.split = b.split and k.category = b.category
    group by all
)

select
    date_trunc('month', m.held_on) as month,
    m.municipality_code,
    cast(
        coalesce(m.citizen_key, md5(m.municipality_code || '/' || m.meeting_id)) as uuid
    ) as person,
    k.cells
from next.meetings as m
inner join sets as k
    on
        m.mode = k.mode
        and m.target_group = k.target_group
        and m.reason is not distinct from k.reason
        and m.sole_reason = k.sole_reason
        and (len(m.failed_register) = 0) = k.in_register
        and (len(m.failed_supervision) = 0) = k.in_supervision
where m.status = 'held'
