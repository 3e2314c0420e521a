{{ config(materialized='external', location=env_var('RACE_ANSWER'), format='csv') }}

with cells as (
    select
        month,
        municipality_code,
        target_group,
        mode,
        count(*) as held,
        count(*) filter (where recognised) as recognised
    from {{ ref('judged_meetings') }}
    group by all
)

select 'duty' as regime, *, held - recognised as gap
from cells
union all
select 'held' as regime, month, municipality_code, target_group, mode, held, held, 0
from cells
order by all
