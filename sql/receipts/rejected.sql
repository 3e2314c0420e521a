-- grain: a rejected row and a reason
-- inputs: next.rejections, next.deliveries, next.meetings, next.spells
-- provisions: counting.md 1 (a later version mends a rejected row; an earlier one does not)
-- row: where it stands, and the file whose version of the record is current, if that came later.
--      The record is known by its id; an absence has none, so its mending cannot be seen.
with files as (
    select
        municipality_code,
        delivery_id,
        delivered_on,
        file,
        kind
    from next.deliveries
    where status = 'accepted'
),

rejected as (
    select
        f.kind,
        f.file,
        j.municipality_code,
        j.delivery_id,
        j.delivered_on,
        j.source_row,
        j.record_id,
        j.column_name,
        j.code,
        j.message_da,
        j.fix_da
    from next.rejections as j
    inner join files as f
        on j.municipality_code = f.municipality_code and j.delivery_id = f.delivery_id
),

looked_for as (
    select distinct
        municipality_code,
        kind,
        record_id
    from rejected
    where record_id is not null
),

records as (
    select
        m.municipality_code,
        'meetings' as kind,
        m.meeting_id as record_id,
        m.delivery_id,
        m.source_row
    from next.meetings as m
    inner join looked_for as l
        on
            m.municipality_code = l.municipality_code
            and m.meeting_id = l.record_id
            and l.kind = 'meetings'
    union all
    select
        s.municipality_code,
        'spells' as kind,
        s.spell_id as record_id,
        s.delivery_id,
        s.source_row
    from next.spells as s
    inner join looked_for as l
        on
            s.municipality_code = l.municipality_code
            and s.spell_id = l.record_id
            and l.kind = 'spells'
),

current_records as (
    select
        r.municipality_code,
        r.kind,
        r.record_id,
        r.delivery_id,
        r.source_row,
        f.delivered_on,
        f.file
    from records as r
    inner join files as f
        on r.municipality_code = f.municipality_code and r.delivery_id = f.delivery_id
)

select
    j.municipality_code,
    j.delivery_id,
    j.delivered_on,
    j.file,
    j.kind,
    j.source_row,
    j.record_id,
    j.column_name,
    j.code,
    j.message_da,
    j.fix_da,
    c.delivery_id as mended_by,
    c.delivered_on as mended_on,
    c.file as mended_in,
    c.source_row as mended_row
from rejected as j
left join current_records as c
    on
        j.municipality_code = c.municipality_code
        and j.kind = c.kind
        and j.record_id = c.record_id
        and (c.delivered_on, c.file, c.source_row) > (j.delivered_on, j.file, j.source_row)
