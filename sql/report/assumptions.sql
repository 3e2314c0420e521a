-- grain: a figure and a law version of grade C or D
-- inputs: next.meetings, next.requirements, next.law
-- provisions: counting.md 5 and 6
-- row: how many held meetings or requirements due it decided, of how many in all
with decided as (
    select
        case when recognised then 'recognised' else 'gap' end as figure,
        rule_version,
        count(*) as decided
    from next.meetings
    where status = 'held'
    group by all
    union all
    select
        'due' as figure,
        rule_version,
        count(*) as decided
    from next.requirements
    where status in ('met', 'missed', 'caught_up', 'carried')
    group by rule_version
),

shares as (
    select
        *,
        cast(sum(decided) over (partition by figure) as bigint) as total
    from decided
)

select
    s.figure,
    l.rule_version,
    l.grade,
    s.decided,
    s.total
from shares as s
inner join next.law as l on s.rule_version = l.rule_version
where l.grade in ('C', 'D')
