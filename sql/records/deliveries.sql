-- grain: a delivered file
-- inputs: register, meeting_outcomes, spell_versions, absence_versions, next.rejections
-- provisions: counting.md 1 (the outcomes sum to the rows read)
-- row: what the file was, and what became of its rows
with versions as (
    select
        delivery_key,
        outcome
    from spell_versions
    union all
    select
        delivery_key,
        outcome
    from absence_versions
),

outcomes as (
    select
        delivery_key,
        rows_accepted,
        rows_superseded,
        rows_withdrawn
    from meeting_outcomes
    union all
    select
        delivery_key,
        count(*) filter (where outcome = 'accepted') as rows_accepted,
        count(*) filter (where outcome = 'superseded') as rows_superseded,
        count(*) filter (where outcome = 'withdrawn') as rows_withdrawn
    from versions
    group by delivery_key
),

rejected as (
    select
        municipality_code,
        delivered_on,
        delivery_id,
        count(distinct source_row) as rows_rejected
    from next.rejections
    group by municipality_code, delivered_on, delivery_id
)

select
    r.delivery_id,
    r.municipality_code,
    r.delivered_on,
    r.file,
    r.kind,
    r.encoding,
    r.separator,
    r.rows_read,
    coalesce(o.rows_accepted, 0) as rows_accepted,
    coalesce(o.rows_superseded, 0) as rows_superseded,
    coalesce(o.rows_withdrawn, 0) as rows_withdrawn,
    case when r.status = 'accepted' then coalesce(j.rows_rejected, 0) else 0 end as rows_rejected,
    r.rows_erased,
    r.status,
    r.reason,
    r.message_da
from register as r
left join outcomes as o on r.delivery_key = o.delivery_key and r.status = 'accepted'
left join rejected as j
    on
        r.municipality_code = j.municipality_code
        and r.delivered_on = j.delivered_on
        and r.delivery_id = j.delivery_id
order by r.municipality_code, r.delivered_on, r.file
