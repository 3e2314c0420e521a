-- grain: how long a spell had been overdue, in bands of weeks, and what became of it
-- inputs: overdue_spells
-- provisions: none
-- row: the persons and the meetings lacking at the origin
select
    case
        when $origin - due < 5 then '0-4'
        when $origin - due < 14 then '5-13'
        when $origin - due < 27 then '14-26'
        when $origin - due < 53 then '27-52'
        else '53+'
    end as age,
    outcome,
    count(distinct person) as persons,
    sum(meetings) as meetings
from overdue_spells
group by all
