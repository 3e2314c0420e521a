-- grain: an alert rule and a state
-- inputs: next.alerts
-- provisions: none
-- row: the alerts of the rule in that state, and the municipalities they speak of
select
    rule,
    state,
    count(*) as alerts,
    count(distinct municipality_code) as municipalities
from next.alerts
group by rule, state
