-- grain: a municipality, a measure and its period (a month of supervision, a year of requirements)
-- inputs: base.supervision, next.supervision, base.compliance, next.compliance, line
-- provisions: counting.md 6 (supervision threshold); the same line laid over requirements met
-- row: the municipality stands on one side of the line in the publication and on the other in
--      the scenario; periods with too few spells or requirements are left out
with shares as (
    select
        'supervision' as measure,
        municipality_code,
        month as period,
        reached_six_months as base_of_baseline,
        with_four as met_baseline,
        0 as base_of_scenario,
        0 as met_scenario
    from base.supervision
    union all
    select
        'supervision' as measure,
        municipality_code,
        month as period,
        0 as base_of_baseline,
        0 as met_baseline,
        reached_six_months as base_of_scenario,
        with_four as met_scenario
    from next.supervision
    union all
    select
        'requirements' as measure,
        municipality_code,
        date_trunc('year', month) as period,
        due as base_of_baseline,
        met as met_baseline,
        0 as base_of_scenario,
        0 as met_scenario
    from base.compliance
    union all
    select
        'requirements' as measure,
        municipality_code,
        date_trunc('year', month) as period,
        0 as base_of_baseline,
        0 as met_baseline,
        due as base_of_scenario,
        met as met_scenario
    from next.compliance
),

sums as (
    select
        measure,
        municipality_code,
        period,
        sum(base_of_baseline) as due_baseline,
        sum(met_baseline) as met_baseline,
        sum(base_of_scenario) as due_scenario,
        sum(met_scenario) as met_scenario
    from shares
    group by measure, municipality_code, period
)

select
    s.measure,
    s.municipality_code,
    s.period,
    s.due_baseline,
    s.met_baseline,
    s.met_baseline / s.due_baseline as share_baseline,
    s.due_scenario,
    s.met_scenario,
    s.met_scenario / s.due_scenario as share_scenario,
    case when s.met_scenario / s.due_scenario < l.least_share then 'down' else 'up' end as direction
from sums as s
cross join line as l
where
    s.due_baseline >= l.least
    and s.due_scenario >= l.least
    and (s.met_baseline / s.due_baseline < l.least_share)
    != (s.met_scenario / s.due_scenario < l.least_share)
order by s.measure, s.municipality_code, s.period
