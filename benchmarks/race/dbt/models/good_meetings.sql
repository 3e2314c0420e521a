select
    municipality_code,
    delivered_on,
    row_no,
    meeting_id,
    cpr,
    meeting_type,
    status,
    started_at,
    cast(started_at as date) as held_on,
    by_a_kasse,
    registered_at,
    summoned_on,
    case
        when form in ('1', '6') then 'in_person'
        when form = '2' then 'phone'
        when form in ('4', '7') then 'virtual'
        when form = '3' then 'written'
        when
            cast(regexp_matches(form, 'telefon|tlf') as integer)
            + cast(
                regexp_matches(form, 'video|teams|skype|zoom|online|virtuel|digital') as integer
            )
            + cast(regexp_matches(form, 'personlig|fremmøde|fysisk') as integer) > 1 then 'unknown'
        when regexp_matches(form, 'telefon|tlf') then 'phone'
        when regexp_matches(form, 'video|teams|skype|zoom|online|virtuel|digital') then 'virtual'
        when regexp_matches(form, 'personlig|fremmøde|fysisk') then 'in_person'
        when regexp_matches(remark, '^(samtalen blev )?(af)?holdt.*telefon') then 'phone'
        when regexp_matches(remark, '^(samtalen blev )?(af)?holdt.*teams') then 'virtual'
        when regexp_matches(remark, '^(borger )?mødte op personligt') then 'in_person'
        else 'unknown'
    end as mode
from {{ ref('typed_meetings') }}
where
    meeting_id is not null
    and {{ is_cpr('cpr') }}
    and meeting_type in ('4', '7', '8', '9', '10', '11', '12', '13', '15', '17', '19', '20')
    and status is not null
    and started_at is not null
    and not coalesce(ended_at < started_at, false)
    and not coalesce(ended_on < cast(started_at as date), false)
    and not (status = 'held' and cast(started_at as date) > delivered_on)
