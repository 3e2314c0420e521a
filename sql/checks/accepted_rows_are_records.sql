-- table: deliveries
-- da: Gældende rækker er netop de gældende samtaler, forløb og fravær.
-- en: The accepted rows are exactly the current meetings, spells and absences.
with records as (
    select
        'meetings' as kind,
        municipality_code,
        count(*) as records
    from next.meetings
    group by municipality_code
    union all
    select
        'spells' as kind,
        municipality_code,
        count(*) as records
    from next.spells
    group by municipality_code
    union all
    select
        'absences' as kind,
        municipality_code,
        count(*) as records
    from next.absences
    group by municipality_code
),

delivered as (
    select
        kind,
        municipality_code,
        sum(rows_accepted) as rows_accepted
    from next.deliveries
    where rows_accepted > 0
    group by kind, municipality_code
)

select
    coalesce(d.kind, r.kind) as kind,
    coalesce(d.municipality_code, r.municipality_code) as municipality_code
from delivered as d
full join records as r
    on d.kind = r.kind and d.municipality_code = r.municipality_code
where coalesce(d.rows_accepted, 0) != coalesce(r.records, 0)
