-- grain: a kind of held meeting (alike in mode, target group and what the regimes say) and a cell
-- inputs: next.meetings
-- provisions: counting.md 5
-- row: a cell that every meeting of the kind is counted in
with kinds as (
    select distinct
        mode,
        target_group,
        reason,
        sole_reason,
        len(failed_register) = 0 as in_register,
        len(failed_supervision) = 0 as in_supervision,
        case when reason is null then 'recognised' else 'gap' end as outcome
    from next.meetings
    where status = 'held'
),

cells as (
    select
        mode,
        target_group,
        reason,
        sole_reason,
        in_register,
        in_supervision,
        unnest(
            [
                struct_pack(measure := 'held', split := '', category := ''),
                struct_pack(measure := outcome, split := '', category := ''),
                struct_pack(
                    measure := case when in_register then 'recognised' else 'gap' end,
                    split := 'regime',
                    category := 'register'
                ),
                struct_pack(measure := outcome, split := 'regime', category := 'duty'),
                struct_pack(
                    measure := case when in_supervision then 'recognised' else 'gap' end,
                    split := 'regime',
                    category := 'supervision'
                ),
                struct_pack(measure := 'held', split := 'mode', category := mode),
                struct_pack(measure := outcome, split := 'mode', category := mode),
                struct_pack(measure := 'held', split := 'target_group', category := target_group),
                struct_pack(measure := outcome, split := 'target_group', category := target_group),
                struct_pack(measure := 'gap', split := 'reason', category := reason),
                struct_pack(
                    measure := 'gap',
                    split := 'sole_reason',
                    category := case when sole_reason then reason end
                )
            ]
        ) as cell
    from kinds
)

select
    mode,
    target_group,
    reason,
    sole_reason,
    in_register,
    in_supervision,
    cell.measure,
    cell.split,
    cell.category
from cells
where cell.category is not null
