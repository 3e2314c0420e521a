with first_meetings as (
    select
        municipality_code,
        spell_id,
        min(started_at) as first_in_person
    from {{ ref('placed_meetings') }}
    where fits and mode = 'in_person'
    group by municipality_code, spell_id
),

dated as (
    select
        m.*,
        f.first_in_person,
        m.mode in ('phone', 'virtual') as remote
    from {{ ref('placed_meetings') }} as m
    left join first_meetings as f
        on m.municipality_code = f.municipality_code and m.spell_id = f.spell_id
)

select
    municipality_code,
    mode,
    cast(date_trunc('month', held_on) as date) as month,
    coalesce(target_group, 'none') as target_group,
    coalesce(
        fits
        and not is_duplicate
        and by_a_kasse = (
            target_group = 'DP'
            and spell_start >= date '2024-01-01'
            and held_on < spell_start + interval 3 month
        )
        and case
            when held_on <= date '2020-03-11' then mode = 'in_person'
            when held_on <= date '2020-05-26' then false
            when held_on <= date '2020-06-14'
                then remote or (mode = 'in_person' and region_code not in ('1084', '1085'))
            when held_on <= date '2021-07-31' then remote or mode = 'in_person'
            when held_on <= date '2021-08-31'
                then mode = 'in_person' or (remote and summoned_on < date '2021-08-01')
            when held_on <= date '2021-12-31' then mode = 'in_person'
            when held_on <= date '2023-03-21'
                then
                    mode = 'in_person'
                    or (
                        remote
                        and (held_on >= spell_start + interval 6 month or target_group = 'REV')
                    )
            else mode = 'in_person' or (remote and first_in_person < started_at)
        end,
        false
    ) as recognised
from dated
