-- grain: an outcome of a check
-- inputs: next.check_results
-- provisions: none
-- row: the checks with that outcome, the tables they are of, and the rows they looked at
select
    outcome,
    count(*) as checks,
    count(distinct table_name) as tables,
    cast(sum(rows_checked) as bigint) as rows_checked,
    cast(sum(rows_failed) as bigint) as rows_failed
from next.check_results
group by outcome
