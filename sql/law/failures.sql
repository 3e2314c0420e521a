-- grain: a set of rules that are not met, as a number with one bit a rule
-- inputs: reason_codes
-- provisions: counting.md 5 (all failed rules in legal order, the first, the only one)
-- row: the rules of the set spelled out
with sets as (
    select unnest(range(0, 256)) as failure_no
),

bits as (
    select
        s.failure_no,
        r.decided_by as reason,
        r.place
    from sets as s
    inner join reason_codes as r on (s.failure_no >> r.place) & 1 = 1
    where r.place is not null
)

select
    s.failure_no,
    coalesce(
        list(b.reason order by b.place) filter (where b.reason is not null),
        cast([] as varchar[])
    ) as failed_rules,
    arg_min(b.reason, b.place) as reason,
    count(b.reason) = 1 as sole_reason
from sets as s
left join bits as b on s.failure_no = b.failure_no
group by s.failure_no
