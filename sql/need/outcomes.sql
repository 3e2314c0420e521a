-- grain: how long a spell had been overdue, in bands of weeks or all of them, and what became of it
-- inputs: overdue_spells
-- provisions: none
-- row: the persons; who had two spells overdue is one person in each band
with aged as (
    select
        person,
        outcome,
        case
            when $origin - due < 5 then '0-4'
            when $origin - due < 14 then '5-13'
            when $origin - due < 27 then '14-26'
            when $origin - due < 53 then '27-52'
            else '53+'
        end as age
    from overdue_spells
)

select
    coalesce(age, 'all') as age,
    outcome,
    count(distinct person) as persons
from aged
group by grouping sets ((age, outcome), (outcome))
