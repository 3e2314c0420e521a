-- da: Et tilfældigt udtræk af afholdte samtaler til en sagskontrol; samme frø giver de samme.
--     Fil og række viser, hvor sagen findes i leverancen.
-- en: A random sample of held meetings for a check against case files; one seed, one sample.
--     File and row say where the case stands in the delivery.
-- columns: place, municipality_code, meeting_id, started_at, meeting_type, mode, mode_evidence,
--          recognised, reason, rule_version, delivered_on, file, source_row
-- parameters: municipality=, month=, recognised=, seed=1, rows=20
with drawn as (
    select
        municipality_code,
        meeting_id,
        md5($seed || ' ' || municipality_code || ' ' || meeting_id) as lot
    from meetings
    where
        status = 'held'
        and ($municipality is null or municipality_code = $municipality)
        and ($month is null or date_trunc('month', held_on) = cast($month as date))
        and ($recognised is null or recognised = cast($recognised as boolean))
    order by lot
    limit cast($rows as integer)
)

select
    row_number() over (order by s.lot) as place,
    m.municipality_code,
    m.meeting_id,
    m.started_at,
    m.meeting_type,
    m.mode,
    m.mode_evidence,
    m.recognised,
    m.reason,
    m.rule_version,
    d.delivered_on,
    d.file,
    m.source_row
from drawn as s
inner join meetings as m
    on s.municipality_code = m.municipality_code and s.meeting_id = m.meeting_id
left join deliveries as d
    on
        m.municipality_code = d.municipality_code
        and m.delivery_id = d.delivery_id
        and d.status = 'accepted'
order by place
