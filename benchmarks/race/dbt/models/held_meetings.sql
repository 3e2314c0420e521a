with current_meetings as (
    select *
    from {{ ref('good_meetings') }}
    qualify row_number() over (
        partition by municipality_code, meeting_id order by delivered_on desc, row_no desc
    ) = 1
)

select
    *,
    cpr != '0000000000' and row_number() over (
        partition by municipality_code, cpr, meeting_type, started_at
        order by registered_at nulls last, meeting_id
    ) > 1 as is_duplicate
from current_meetings
where status = 'held'
