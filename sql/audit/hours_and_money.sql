-- da: Timer og kroner for et antal samtaler: samtalen og administrationen hver for sig, og en lav,
--     en middel og en høj timepris i prisåret. Alle tal er antagelser, der kan sættes.
-- en: Hours and money for a number of meetings: the conversation and the administration apart, and
--     a low, a middle and a high price of an hour in the price year. All are inputs, to be set.
-- columns: meetings, conversation_hours, administration_hours, hours, price, dkk_an_hour, dkk,
--          price_year
-- parameters: meetings=500000, conversation_minutes=15, administration_minutes=45, low_dkk=300,
--             middle_dkk=400, high_dkk=500, price_year=2020
with work as (
    select
        cast($meetings as double) as meetings,
        cast($meetings as double) * cast($conversation_minutes as double) / 60
            as conversation_hours,
        cast($meetings as double) * cast($administration_minutes as double) / 60
            as administration_hours
),

prices as (
    select
        'low' as price,
        cast($low_dkk as double) as dkk_an_hour
    union all
    select
        'middle' as price,
        cast($middle_dkk as double) as dkk_an_hour
    union all
    select
        'high' as price,
        cast($high_dkk as double) as dkk_an_hour
)

select
    w.meetings,
    w.conversation_hours,
    w.administration_hours,
    w.conversation_hours + w.administration_hours as hours,
    p.price,
    p.dkk_an_hour,
    (w.conversation_hours + w.administration_hours) * p.dkk_an_hour as dkk,
    cast($price_year as integer) as price_year
from work as w
cross join prices as p
order by p.dkk_an_hour
