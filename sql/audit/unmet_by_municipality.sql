-- da: Krav der ikke er opfyldt, og samtaler der mangler, i hver kommune.
-- en: Requirements not met, and meetings missing, in each municipality.
-- columns: municipality_code, name, requirement_id, due, missed, carried, unmet_share,
--          meetings_missing
-- parameters: requirement=four-2024, month=, municipality=
with due as (
    select
        municipality_code,
        requirement_id,
        count(*) as due,
        count(*) filter (where status = 'missed') as missed,
        count(*) filter (where status = 'carried') as carried,
        sum(shortfall) as meetings_missing
    from requirements
    where
        status in ('met', 'missed', 'caught_up', 'carried')
        and ($requirement is null or requirement_id = $requirement)
        and ($month is null or date_trunc('month', due_on) = cast($month as date))
        and ($municipality is null or municipality_code = $municipality)
    group by municipality_code, requirement_id
)

select
    d.municipality_code,
    m.name,
    d.requirement_id,
    d.due,
    d.missed,
    d.carried,
    (d.missed + d.carried) / d.due as unmet_share,
    d.meetings_missing
from due as d
inner join municipalities as m on d.municipality_code = m.municipality_code
order by d.meetings_missing desc, d.municipality_code asc, d.requirement_id asc
