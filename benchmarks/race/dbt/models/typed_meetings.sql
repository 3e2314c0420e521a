{{ config(materialized='view') }}

{% set columns = [
    'samtale_id', 'cpr', 'samtaletype', 'samtaleform', 'status', 'start', 'slut', 'aktoer',
    'registreret', 'indkaldt', 'bemaerkning'
] %}

with delivered as ({{ delivered('samtaler.csv', columns) }})

select
    municipality_code,
    delivered_on,
    row_number() over () as row_no,
    samtale_id as meeting_id,
    digits as cpr,
    case samtaletype
        when 'Jobsamtale' then '7' when 'Opfølgningssamtale' then '4' else samtaletype
    end as meeting_type,
    case lower(status)
        when 'afholdt' then 'held' when 'gennemført' then 'held'
        when 'planlagt' then 'planned' when 'booket' then 'planned'
        when 'aflyst' then 'cancelled' when 'udeblevet' then 'no_show'
        when 'ombooket' then 'moved' when 'flyttet' then 'moved'
        when 'slettet' then 'withdrawn'
    end as status,
    try_strptime({{ year_first('start') }}, '%Y-%m-%d %H:%M') as started_at,
    try_strptime({{ year_first('slut') }}, '%Y-%m-%d %H:%M') as ended_at,
    cast(try_strptime({{ year_first('slut') }}, '%Y-%m-%d') as date) as ended_on,
    coalesce(aktoer = 'a-kasse', false) as by_a_kasse,
    try_strptime({{ year_first('registreret') }}, '%Y-%m-%d %H:%M:%S') as registered_at,
    cast(try_strptime({{ year_first('indkaldt') }}, '%Y-%m-%d') as date) as summoned_on,
    lower(coalesce(samtaleform, '')) as form,
    lower(coalesce(bemaerkning, '')) as remark
from delivered
