-- grain: a municipality, target group and month
-- inputs: base.counts, next.counts, base.compliance, next.compliance, base.requirements,
--         next.requirements
-- provisions: counting.md 5 (duty) and 6 (due, met, required, shortfall; by the month of due_on)
-- row: what was counted, and what would have been; unmet are missed, caught up and carried;
--      required and shortfall are meetings of the requirements that are due
with parts as (
    select
        municipality_code,
        target_group,
        month,
        held,
        recognised as recognised_baseline,
        0 as recognised_scenario,
        0 as due_baseline,
        0 as due_scenario,
        0 as required_baseline,
        0 as required_scenario,
        0 as met_baseline,
        0 as met_scenario,
        0 as carried_baseline,
        0 as carried_scenario,
        0 as shortfall_baseline,
        0 as shortfall_scenario
    from base.counts
    where regime = 'duty'
    union all by name
    select
        municipality_code,
        target_group,
        month,
        recognised as recognised_scenario
    from next.counts
    where regime = 'duty'
    union all by name
    select
        municipality_code,
        target_group,
        month,
        due as due_baseline,
        met as met_baseline,
        carried as carried_baseline
    from base.compliance
    union all by name
    select
        municipality_code,
        target_group,
        month,
        due as due_scenario,
        met as met_scenario,
        carried as carried_scenario
    from next.compliance
    union all by name
    select
        municipality_code,
        target_group,
        date_trunc('month', due_on) as month,
        required as required_baseline,
        shortfall as shortfall_baseline
    from base.requirements
    where status in ('met', 'missed', 'caught_up', 'carried')
    union all by name
    select
        municipality_code,
        target_group,
        date_trunc('month', due_on) as month,
        required as required_scenario,
        shortfall as shortfall_scenario
    from next.requirements
    where status in ('met', 'missed', 'caught_up', 'carried')
),

sums as (
    select
        municipality_code,
        target_group,
        month,
        coalesce(sum(held), 0) as held,
        coalesce(sum(recognised_baseline), 0) as recognised_baseline,
        coalesce(sum(recognised_scenario), 0) as recognised_scenario,
        coalesce(sum(due_baseline), 0) as due_baseline,
        coalesce(sum(due_scenario), 0) as due_scenario,
        coalesce(sum(required_baseline), 0) as required_baseline,
        coalesce(sum(required_scenario), 0) as required_scenario,
        coalesce(sum(met_baseline), 0) as met_baseline,
        coalesce(sum(met_scenario), 0) as met_scenario,
        coalesce(sum(carried_baseline), 0) as carried_baseline,
        coalesce(sum(carried_scenario), 0) as carried_scenario,
        coalesce(sum(shortfall_baseline), 0) as shortfall_baseline,
        coalesce(sum(shortfall_scenario), 0) as shortfall_scenario
    from parts
    group by municipality_code, target_group, month
)

select
    *,
    held - recognised_baseline as gap_baseline,
    held - recognised_scenario as gap_scenario,
    due_baseline - met_baseline as unmet_baseline,
    due_scenario - met_scenario as unmet_scenario
from sums
order by municipality_code, target_group, month
