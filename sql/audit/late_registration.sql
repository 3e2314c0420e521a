-- da: Dage fra samtalen til den er registreret, og til den gældende udgave er leveret: median og
--     det antal, ni af ti holder sig under.
-- en: Days from the meeting to its registration, and to the delivery of its current version: the
--     median, and the number nine in ten stay within.
-- columns: municipality_code, held, without_registration, days_to_registration,
--          most_days_to_registration, days_to_delivery, most_days_to_delivery
-- parameters: municipality=, month=
with waits as (
    select
        m.municipality_code,
        cast(m.registered_at as date) - m.held_on as to_registration,
        d.delivered_on - m.held_on as to_delivery
    from meetings as m
    inner join deliveries as d
        on
            m.municipality_code = d.municipality_code
            and m.delivery_id = d.delivery_id
            and d.status = 'accepted'
    where
        m.status = 'held'
        and ($municipality is null or m.municipality_code = $municipality)
        and ($month is null or date_trunc('month', m.held_on) = cast($month as date))
)

select
    municipality_code,
    count(*) as held,
    count(*) filter (where to_registration is null) as without_registration,
    quantile_disc(to_registration, 0.5) as days_to_registration,
    quantile_disc(to_registration, 0.9) as most_days_to_registration,
    quantile_disc(to_delivery, 0.5) as days_to_delivery,
    quantile_disc(to_delivery, 0.9) as most_days_to_delivery
from waits
group by municipality_code
order by municipality_code
