-- table: deliveries
-- da: Der er 98 kommuner, og ingen leverance er fra andre.
-- en: There are 98 municipalities, and no delivery is from another.
with codes as (
    select municipality_code
    from next.deliveries
    union
    select municipality_code
    from next.meetings
)

select c.municipality_code
from codes as c
left join next.municipalities as m on c.municipality_code = m.municipality_code
where m.municipality_code is null
union all
select cast(count(*) as varchar) as municipality_code
from next.municipalities
having count(*) != 98
