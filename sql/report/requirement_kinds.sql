-- grain: a kind of requirement due (alike in status and target group) and a cell
-- inputs: next.requirements
-- provisions: counting.md 6
-- row: a cell that every requirement of the kind is counted in
with kinds as (
    select distinct
        status,
        target_group,
        case when status = 'met' then 'met' else 'unmet' end as outcome
    from next.requirements
    where status in ('met', 'missed', 'caught_up', 'carried')
),

cells as (
    select
        status,
        target_group,
        unnest(
            [
                struct_pack(measure := 'due', split := '', category := ''),
                struct_pack(measure := outcome, split := '', category := ''),
                struct_pack(measure := 'due', split := 'target_group', category := target_group),
                struct_pack(measure := outcome, split := 'target_group', category := target_group),
                struct_pack(
                    measure := 'unmet',
                    split := 'status',
                    category := case when outcome = 'unmet' then status end
                )
            ]
        ) as cell
    from kinds
)

select
    status,
    target_group,
    cell.measure,
    cell.split,
    cell.category
from cells
where cell.category is not null
