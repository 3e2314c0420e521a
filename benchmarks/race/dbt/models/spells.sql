{% set columns = ['forloeb_id', 'cpr', 'maalgruppe', 'start', 'slut', 'status'] %}
{% set groups = {
    'DP': ['6.1', '2.1'], 'KTH_JP': ['6.2', '2.2'], 'KTH_AP': ['6.3', '2.3'],
    'UH_UP': ['6.4', '2.12'], 'UH_AP': ['6.5', '2.13'], 'SDP': ['6.6', '2.5'],
    'JAF': ['6.7', '2.14'], 'RF': ['6.8', '2.11'], 'FLEX': ['6.9', '2.7'], 'REV': ['6.10', '2.4']
} %}

with delivered as ({{ delivered('forloeb.csv', columns) }}),

typed as (
    select
        municipality_code,
        delivered_on,
        row_number() over () as row_no,
        forloeb_id as spell_id,
        digits as cpr,
        maalgruppe,
        slut,
        cast(try_strptime({{ year_first('start') }}, '%Y-%m-%d') as date) as spell_start,
        cast(try_strptime({{ year_first('slut') }}, '%Y-%m-%d') as date) as spell_end,
        coalesce(status = 'slettet', false) as deleted
    from delivered
),

named as (
    select
        *,
        case
            {%- for group, numbers in groups.items() %}
            when
                maalgruppe in ('{{ group }}', '{{ numbers[0] }}')
                or (maalgruppe = '{{ numbers[1] }}' and spell_start < date '2020-01-01')
                then '{{ group }}'
            {%- endfor %}
        end as target_group
    from typed
),

current_spells as (
    select *
    from named
    where
        spell_id is not null
        and {{ is_cpr('cpr') }}
        and spell_start is not null
        and target_group is not null
        and (slut is null or spell_end is not null)
        and not coalesce(spell_end < spell_start, false)
    qualify row_number() over (
        partition by municipality_code, spell_id order by delivered_on desc, row_no desc
    ) = 1
)

select municipality_code, spell_id, cpr, target_group, spell_start, spell_end
from current_spells
where not deleted
