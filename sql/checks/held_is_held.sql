-- table: counts
-- da: I alle fire regelsæt er afholdt det samme som de afholdte samtaler i kommunen.
-- en: In all four regimes held equals the municipality's held meetings.
with counted as (
    select
        regime,
        municipality_code,
        sum(held) as held
    from next.counts
    group by regime, municipality_code
),

held as (
    select
        municipality_code,
        count(*) as meetings
    from next.meetings
    where status = 'held'
    group by municipality_code
)

select
    h.municipality_code,
    count(c.regime) as regimes
from held as h
left join counted as c
    on h.municipality_code = c.municipality_code and h.meetings = c.held
group by h.municipality_code
having count(c.regime) != 4
